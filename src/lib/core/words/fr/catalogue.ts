/** What everybody's screens say, in French. */
import type { Words } from '../catalogue.ts';
import { claim } from './claim.ts';
import { coach } from './coach.ts';
import { fetch } from './fetch.ts';
import { fbe } from './fbe.ts';
import { frame } from './frame.ts';
import { keeping } from './keeping.ts';
import { messages } from './messages.ts';
import { meter } from './meter.ts';
import { money } from './money.ts';
import { problems } from './problems.ts';
import { purchase } from './purchase.ts';
import { receipt } from './receipt.ts';
import { rejectDoctor } from './reject-doctor.ts';
import { scan } from './scan.ts';
import { token } from './token.ts';
import { topUp } from './top-up.ts';
import { use } from './use.ts';
import { virtualMeter } from './virtual-meter.ts';
import { waterfall } from './waterfall.ts';

export const fr: Words = {
	claim,
	coach,
	fetch,
	fbe,
	frame,
	keeping,
	messages,
	meter,
	money,
	problems,
	purchase,
	receipt,
	rejectDoctor,
	scan,
	token,
	topUp,
	use,
	virtualMeter,
	waterfall,
};
