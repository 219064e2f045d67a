/**
 * Digits in groups, codes and amounts inside a sentence that runs from right to left: kept together and in
 * their own order by Unicode isolates, also where a sentence is shared as plain text.
 */
const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** Nothing stays nothing. */
export const ltr = (text: string): string => text && `${LEFT_TO_RIGHT}${text}${END}`;
