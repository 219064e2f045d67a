/** What is loaded before the first screen, in English. What refusals only staff meet say comes with their screens. */
import { withStaffRefusals, type ProblemWords } from '../staff-refusals.ts';
import { claim } from './claim.ts';
import { coach } from './coach.ts';
import { fetch } from './fetch.ts';
import { fbe } from './fbe.ts';
import { frame } from './frame.ts';
import { keeping } from './keeping.ts';
import { meter } from './meter.ts';
import { money } from './money.ts';
import { everybodysProblems } from './everybodys-problems.ts';
import { purchase } from './purchase.ts';
import { receipt } from './receipt.ts';
import { scan } from './scan.ts';
import { toMeter } from './to-meter.ts';
import { token } from './token.ts';
import { topUp } from './top-up.ts';
import { use } from './use.ts';
import { waterfall } from './waterfall.ts';

/** For a refusal that a consumer should never meet. */
const otherwise: ProblemWords = {
	title: 'The service refused',
	detail: () => 'This cannot be done as it is. Call the help line and give the code shown.',
};

export const first = {
	claim,
	coach,
	fetch,
	fbe,
	frame,
	keeping,
	meter,
	money,
	problems: withStaffRefusals(everybodysProblems, otherwise),
	purchase,
	receipt,
	scan,
	toMeter,
	token,
	topUp,
	use,
	waterfall,
};
