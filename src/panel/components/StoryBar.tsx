import { stepsOf, type ToldStep } from '../../report/story-steps.ts'
import { fixLabel, fixOf, OUTCOME_MARKS, STEP_MARKS } from '../view-story.ts'
import { plainText } from '../view-text.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Prose } from './Prose.tsx'
import { usePanel } from './panel-context.ts'

/** Above the list: what became of the login, in one sentence and its steps. Nothing as long as there is no login. */
export function StoryBar() {
  const { model: log, story: model, showExchange, showDiagnosis } = usePanel()
  const told = model.told.value
  const { story } = told
  if (story === null) return null
  const folded = model.folded.value
  const { icon, tone, words } = OUTCOME_MARKS[story.outcome]
  const fix = fixOf(told)
  // Rows are replaced when their exchange changes.
  log.list.value
  return (
    <section class={`story-bar ${folded ? 'folded' : ''}`} aria-label="The login">
      <div class="story-head">
        <span class={`glyph ${tone}`} role="img" aria-label={words}>
          <Icon name={icon} />
        </span>
        <p class="sentence" role="status" title={folded ? plainText(story.sentence) : undefined}>
          <Sentence text={story.sentence} />
        </p>
        {fix && (
          <button
            type="button"
            class="link"
            onClick={() => (fix.kind === 'diagnosis' ? showDiagnosis(fix.id) : showExchange(fix.id, 'fix'))}
          >
            {fixLabel(told, fix, fix.kind === 'exchange' ? log.exchange(fix.id) : null)}
          </button>
        )}
        <IconButton
          icon={folded ? 'right' : 'down'}
          label={folded ? 'Show the steps of the login' : 'Hide the steps of the login'}
          onClick={() => model.fold(!folded)}
        />
      </div>
      {!folded && (
        <ol class="steps">
          {stepsOf(story).map((step) => (
            <li key={step.id}>
              <Chip step={step} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** What happened stands out, why it did stands behind it. */
function Sentence({ text }: { text: string }) {
  const at = text.indexOf(', because ')
  if (at < 0) return <Prose text={text} />
  return (
    <>
      <Prose text={text.slice(0, at)} />
      <span class="why">
        <Prose text={text.slice(at)} />
      </span>
    </>
  )
}

/** A step; where there is an exchange that shows it, the way there. */
function Chip({ step }: { step: ToldStep }) {
  const { showExchange } = usePanel()
  const { icon, tone, words } = STEP_MARKS[step.mark]
  const [first] = step.exchanges
  const title = [step.title, step.detail].filter(Boolean).map(plainText).join('\n').replaceAll('`', '')
  const content = (
    <>
      <Icon name={icon} />
      <span class="step-words">{words}: </span>
      <span class="step-title">
        <Prose text={step.title} />
      </span>
    </>
  )
  const look = `step ${tone} ${step.mark}`
  return first === undefined ? (
    <span class={look} title={title}>
      {content}
    </span>
  ) : (
    <button type="button" class={look} title={title} onClick={() => showExchange(first)}>
      {content}
    </button>
  )
}
