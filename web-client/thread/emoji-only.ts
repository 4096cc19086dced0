// Pictographs and flags with what joins and colours them; digits and marks of keycaps alone are words.
const ONLY_EMOJI =
  /^(?:(?:\p{Extended_Pictographic}|\p{Regional_Indicator})(?:\p{Emoji_Modifier}|\u{fe0f}|\u{200d}|[\u{e0020}-\u{e007f}]){0,8}\s?){1,15}$/u;

/** Whether words are a few emoji and nothing else: those are shown larger. */
export const isEmojiOnly = (words: string): boolean => words.length <= 60 && ONLY_EMOJI.test(words.trim());
