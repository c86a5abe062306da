import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PanelModel } from '../view-model.ts'

export interface Message {
  readonly text: string
  readonly bad: boolean
}

/** What every component may reach for. */
export interface Panel {
  readonly model: PanelModel
  /** Our own version, for the report. */
  readonly version: string
  /** Shows a passing message. */
  say(message: Message): void
}

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('a component of the panel stands outside of it')
  return panel
}
