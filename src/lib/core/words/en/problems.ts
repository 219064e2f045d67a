/** What each refusal of the backend means and what to do next, for a person. One row per code. */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { ProblemWords } from '../staff-refusals.ts';
import { everybodysProblems } from './everybodys-problems.ts';
import { staffProblems } from './staff-problems.ts';

export const problems: Record<RefusalCode, ProblemWords> = {
	...everybodysProblems,
	...staffProblems,
};
