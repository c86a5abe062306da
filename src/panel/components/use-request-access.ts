import { usePanel } from './panel-context.ts'

/** Asks the browser for access to the inspected site, or to those of some hosts; call from a click. */
export function useRequestAccess(hosts?: readonly string[]): () => void {
  const { model, say } = usePanel()
  return () => {
    model.session.requestHostAccess(hosts).catch((error: unknown) => {
      say({ text: `The browser gave no access: ${error instanceof Error ? error.message : String(error)}`, bad: true })
    })
  }
}
