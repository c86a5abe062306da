export { Member as default } from '../../lib/member'
