/** The own words of the papers that a customer takes away from a till: only a till loads them, each language by itself. */
import type { customerPaper } from './en/customer-paper.ts';
import type { Widen } from './widen.ts';

export type CustomerPaperWords = Widen<typeof customerPaper>;
