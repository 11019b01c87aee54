const MOST_TURNS = 5

/**
 * Waits for as long as turns of the event loop bring more, and for five at most: who waits between slow reads would
 * otherwise wait for all of them.
 */
export async function gather(count: () => number, most: number): Promise<void> {
  for (let turn = 0, before = -1; turn < MOST_TURNS && before < count() && before < most; turn++) {
    before = count()
    await new Promise(setImmediate)
  }
}
