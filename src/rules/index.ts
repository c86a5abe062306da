import { rulesByOccasion } from './rule.ts'
import { sendRules } from './send/index.ts'
import { setRules } from './set/index.ts'
import { warnRules } from './warn/index.ts'

export { sendRules, setRules, warnRules }

/** Those that are asked, by the occasions that are given. */
export const sendRulesOn = rulesByOccasion(sendRules)
export const setRulesOn = rulesByOccasion(setRules)
export const warnRulesOn = rulesByOccasion(warnRules)
