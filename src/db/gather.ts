/** Waits until a turn of the event loop has brought no more, or there are as many as may be. */
export async function gather(count: () => number, most: number): Promise<void> {
  for (let before = -1; before < count() && before < most; ) {
    before = count()
    await new Promise(setImmediate)
  }
}
