export { sendRules } from './send/index.ts'
export { setRules } from './set/index.ts'
export { warnRules } from './warn/index.ts'
