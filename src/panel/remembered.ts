/** What the reader chose last, in `localStorage`: the extension asks for no storage permission. Never anything of a page. */
export const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export const remember = (key: string, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // No room in the storage: then it is as it was, next time.
  }
}
