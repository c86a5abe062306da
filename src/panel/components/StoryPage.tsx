import { Fragment, type RefObject } from 'preact'
import type { DiagnosisRank, Story, StoryStep } from '../../contract.ts'
import type { FoundDiagnosis } from '../../diagnoses/diagnosis.ts'
import { toldSteps } from '../../report/story-steps.ts'
import type { Told } from '../told.ts'
import { changesOf, chosenStacks, rolesWithLines } from '../view-stacks.ts'
import { OUTCOME_MARKS, STEP_MARKS } from '../view-story.ts'
import { BreakingVerdict } from './BreakingVerdict.tsx'
import { DiagnosisCard } from './DiagnosisCard.tsx'
import { GoButton } from './GoButton.tsx'
import { Icon } from './Icon.tsx'
import { LoginChoice } from './LoginChoice.tsx'
import { NoStory } from './NoStory.tsx'
import { Prose } from './Prose.tsx'
import { usePanel } from './panel-context.ts'
import { StackChooser } from './StackChooser.tsx'
import { StoryDiagram } from './StoryDiagram.tsx'
import { TokenList } from './TokenList.tsx'

/** The login as a whole: its steps, what broke it and what to change, who asked whom. */
export function StoryPage({ page }: { page: RefObject<HTMLElement | null> }) {
  const { story: model } = usePanel()
  const told = model.told.value
  const { story } = told
  return (
    <main
      ref={page}
      class="story-page detail"
      aria-label="The login’s story"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the arrow keys
      tabIndex={0}
    >
      {story === null ? (
        <>
          <NoStory />
          <Findings told={told} story={null} />
          <LoginChoice story={null} />
        </>
      ) : (
        <div class="story-columns">
          <Steps story={story} />
          <Findings told={told} story={story} />
          <section class="story-diagram" aria-labelledby="who-asked">
            <h2 id="who-asked">Who asked whom</h2>
            <StoryDiagram story={story} />
          </section>
          <TokenList tokens={model.tokens.value} />
          <LoginChoice story={story} />
        </div>
      )}
    </main>
  )
}

function Steps({ story }: { story: Story }) {
  const { icon, tone, words } = OUTCOME_MARKS[story.outcome]
  const { steps, unreached } = toldSteps(story)
  return (
    <section class="story-steps" aria-labelledby="story-sentence">
      <h2 id="story-sentence" class="whole-sentence">
        <span class={`glyph ${tone}`} role="img" aria-label={words}>
          <Icon name={icon} />
        </span>
        <span>
          <Prose text={story.sentence} />
        </span>
      </h2>
      <ol class="told-list">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
        {unreached !== '' && <li class="unreached">{unreached}</li>}
      </ol>
    </section>
  )
}

function Step({ step: { mark, title, detail, exchanges } }: { step: StoryStep }) {
  const { icon, tone, words } = STEP_MARKS[mark]
  const [first] = exchanges
  return (
    <li data-mark={mark}>
      <span class={`glyph ${tone}`} role="img" aria-label={words}>
        <Icon name={icon} />
      </span>
      <div class="told">
        <b>
          <Prose text={title} />
        </b>
        {first !== undefined && <GoButton id={first} what={title} />}
        {detail !== '' && (
          <p>
            <Prose text={detail} />
          </p>
        )}
      </div>
    </li>
  )
}

const FINDINGS: Readonly<Record<DiagnosisRank, string>> = {
  'blocks-now': 'Why it breaks',
  'blocks-next': 'What would break it next',
  odd: 'Worth knowing',
}

function Findings({ told, story }: { told: Told; story: Story | null }) {
  const { story: model } = usePanel()
  const likely = model.likely.value
  const stacks = chosenStacks(model.book, model.choice.value, likely)
  const { diagnoses, cookie, cookies } = told
  const breaks = story?.outcome === 'broken'
  // Beside what breaks the login, what is merely odd has words alone, no lines to copy.
  const hasLines = ({ rank }: { rank: DiagnosisRank }) => !breaks || rank !== 'odd'
  const rolesOf = (some: readonly FoundDiagnosis[]) =>
    rolesWithLines(model.book, (stack) =>
      some.flatMap((one) => changesOf(one, cookie, [stack], cookies).flatMap(({ answers }) => answers)),
    )
  const chooserAt = diagnoses.findIndex((one) => hasLines(one) && rolesOf([one]).size > 0)
  return (
    <section class="story-findings" aria-label="What was found">
      {breaks && diagnoses[0]?.rank !== 'blocks-now' && <BreakingVerdict told={told} />}
      {diagnoses.map((diagnosis, place) => (
        <Fragment key={place}>
          {diagnosis.rank !== diagnoses[place - 1]?.rank && <h2>{FINDINGS[diagnosis.rank]}</h2>}
          {place === chooserAt && <StackChooser likely={likely} roles={rolesOf(diagnoses.filter(hasLines))} />}
          <DiagnosisCard
            place={place}
            diagnosis={diagnosis}
            cookie={cookie}
            cookies={cookies}
            stacks={hasLines(diagnosis) ? stacks : []}
          />
        </Fragment>
      ))}
      {story !== null && story.checks.length > 0 && <Checks story={story} />}
    </section>
  )
}

function Checks({ story: { checks, outcome } }: { story: Story }) {
  return (
    <>
      <h2>{outcome === 'healthy' ? 'What was checked' : 'What was checked so far'}</h2>
      <ul class="told-list">
        {checks.map(({ id, mark, title, detail }) => (
          <li key={id}>
            <span class={`glyph ${mark === 'ok' ? 'ok' : 'warn'}`} role="img" aria-label={STEP_MARKS[mark].words}>
              <Icon name={mark === 'ok' ? 'ok' : 'notSent'} />
            </span>
            <div class="told">
              <b>
                <Prose text={title} />
              </b>{' '}
              <Prose text={detail} />
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
