/** Below this many projects a plain scan is as quick as an index (measured on SQLite: 2 ms for 10,000). */
export const LARGE = 10_000

/** Looking at this many projects one by one takes about 15 ms; where more match, a scan soon has its page. */
export const MOST_CANDIDATES = 10_000

/** The projects of each client are looked up in every 4,096 ids; where so many clients match, a scan soon has its page. */
export const MOST_CLIENTS = 200
