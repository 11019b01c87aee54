/** What a kind of object is called in sentences and paths: `task` and `tasks`. */
export interface Noun {
  readonly one: string
  readonly many: string
}

/** One of it, with the article: `a task`. */
export const withArticle = ({ one }: Noun): string => `${/^[aeio]/.test(one) ? 'an' : 'a'} ${one}`

export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
