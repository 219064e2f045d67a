/** A waterfall's lines are worded on a screen as on paper. */
export { type LineFacts, lineFacts } from '#lib/core/vending/line-facts.ts';
