import { usePanel } from './panel-context.ts'

/** Asks the browser for access to the inspected site; call from a click. */
export function useRequestAccess(): () => void {
  const { model, say } = usePanel()
  return () => {
    model.session.requestHostAccess().catch((error: unknown) => {
      say({ text: `The browser gave no access: ${error instanceof Error ? error.message : String(error)}`, bad: true })
    })
  }
}
