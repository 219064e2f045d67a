/** What is loaded before the first screen, in Swahili. */
import type { FirstWords } from '../catalogue.ts';
import { claim } from './claim.ts';
import { coach } from './coach.ts';
import { fetch } from './fetch.ts';
import { fbe } from './fbe.ts';
import { frame } from './frame.ts';
import { keeping } from './keeping.ts';
import { meter } from './meter.ts';
import { money } from './money.ts';
import { problems } from './problems.ts';
import { purchase } from './purchase.ts';
import { receipt } from './receipt.ts';
import { scan } from './scan.ts';
import { toMeter } from './to-meter.ts';
import { token } from './token.ts';
import { topUp } from './top-up.ts';
import { use } from './use.ts';
import { waterfall } from './waterfall.ts';

export const first: FirstWords = {
	claim,
	coach,
	fetch,
	fbe,
	frame,
	keeping,
	meter,
	money,
	problems,
	purchase,
	receipt,
	scan,
	toMeter,
	token,
	topUp,
	use,
	waterfall,
};
