import { testSendRule } from '../testing.ts'
import rule from './anonymous-context.ts'

const frame = { resourceType: 'sub_frame', initiator: 'https://shop.test', frames: ['https://shop.test/'] }
const inFrame = { ...frame, frames: ['https://shop.test/', 'https://shop.test/'] }
const image = {
  ...inFrame,
  resourceType: 'image',
  requestHeaders: { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
}

testSendRule(rule, {
  blocks: [
    {
      cookie: {},
      ...frame,
      credentials: 'omit',
      says: ["iframe's document", '`<iframe credentialless>`', '`shop.test`'],
      fix: ['give-frame-credentials'],
    },
    { cookie: {}, ...image, credentials: 'omit', says: ['comes from a frame'] },
    { cookie: {}, ...inFrame, resourceType: 'websocket', url: 'wss://shop.test/', credentials: 'omit' },
  ],
  passes: [
    { cookie: {}, ...frame },
    { cookie: {}, ...image },
    { cookie: {} },
    // A script's choice, or an element's.
    { cookie: {}, ...inFrame, resourceType: 'xmlhttprequest', credentials: 'omit' },
    { cookie: {}, ...image, url: 'https://api.shop.test/', credentials: 'omit' },
    {
      cookie: {},
      ...image,
      requestHeaders: { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'image' },
      credentials: 'omit',
    },
  ],
})
