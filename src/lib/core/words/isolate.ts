/**
 * Digits in groups, codes and amounts inside a sentence that runs from right to left: kept together and in
 * their own order by Unicode isolates, also where a sentence is shared as plain text.
 */
const ISOLATE = '\u2068';
const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const END = '\u2069';

/** In the direction of its own first letter; what has digits only runs from left to right. Nothing stays nothing. */
export const apart = (text: string): string => text && `${ISOLATE}${text}${END}`;

/** From left to right, such as a figure before its unit. */
export const leftToRight = (text: string): string => `${LEFT_TO_RIGHT_ISOLATE}${text}${END}`;
