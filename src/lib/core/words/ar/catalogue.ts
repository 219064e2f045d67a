/** What everybody's screens say, in Arabic. */
import type { Words } from '../catalogue.ts';
import { claim } from './claim.ts';
import { coach } from './coach.ts';
import { frame } from './frame.ts';
import { messages } from './messages.ts';
import { meter } from './meter.ts';
import { problems } from './problems.ts';
import { purchase } from './purchase.ts';
import { receipt } from './receipt.ts';
import { rejectDoctor } from './reject-doctor.ts';
import { toMeter } from './to-meter.ts';
import { token } from './token.ts';
import { topUp } from './top-up.ts';
import { virtualMeter } from './virtual-meter.ts';
import { waterfall } from './waterfall.ts';

export const ar: Words = {
	claim,
	coach,
	frame,
	messages,
	meter,
	problems,
	purchase,
	receipt,
	rejectDoctor,
	toMeter,
	token,
	topUp,
	virtualMeter,
	waterfall,
};
