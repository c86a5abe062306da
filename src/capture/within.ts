/** The value, or another where it takes longer than so many milliseconds. */
export const within = <Value>(limit: number, value: Promise<Value>, otherwise: Value): Promise<Value> =>
  Promise.race([value, new Promise<Value>((resolve) => setTimeout(resolve, limit, otherwise))])
