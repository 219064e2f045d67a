/**
 * The typed message catalogue. English is the measure: every other language must satisfy `Words`, so a
 * sentence that is missing in one of them does not compile. A message is a string, or a function of its
 * facts that returns one; numbers, money and dates arrive formatted, so that sentences stay sentences.
 *
 * What stands here is loaded by everybody. The sentences of other audiences are catalogues of their own
 * (`office.ts`, `technician.ts`), so that a consumer never pays for them.
 */
import { claim } from './en/claim.ts';
import { coach } from './en/coach.ts';
import { frame } from './en/frame.ts';
import { messages } from './en/messages.ts';
import { meter } from './en/meter.ts';
import { problems } from './en/problems.ts';
import { purchase } from './en/purchase.ts';
import { receipt } from './en/receipt.ts';
import { rejectDoctor } from './en/reject-doctor.ts';
import { token } from './en/token.ts';
import { topUp } from './en/top-up.ts';
import { virtualMeter } from './en/virtual-meter.ts';
import { waterfall } from './en/waterfall.ts';
import type { Widen } from './widen.ts';

export const en = {
	claim,
	coach,
	frame,
	messages,
	meter,
	problems,
	purchase,
	receipt,
	rejectDoctor,
	token,
	topUp,
	virtualMeter,
	waterfall,
};

/** A catalogue of the same shape in any language. */
export type Words = Widen<typeof en>;
