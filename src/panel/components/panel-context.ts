import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PanelModel } from '../view-model.ts'
import type { StoryModel } from '../view-story-model.ts'

export interface Message {
  readonly text: string
  readonly bad: boolean
}

/** What every component may reach for. */
export interface Panel {
  readonly model: PanelModel
  readonly story: StoryModel
  /** Our own version, for the report. */
  readonly version: string
  /** Shows a passing message. */
  say(message: Message): void
  /** Leads to an exchange of the log, by its id: selects it in the list and opens its details, on demand where they tell the fix. */
  showExchange(id: string, at?: 'fix'): void
  /** Leads to a diagnosis in the story, by its id. */
  showDiagnosis(id: string): void
}

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('a component of the panel stands outside of it')
  return panel
}
