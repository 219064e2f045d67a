/** What everybody's screens say, in English: the measure of every other language (`../catalogue.ts`). */
import { first } from './first.ts';
import { rejectDoctor } from './later/reject-doctor.ts';
import { messages } from './messages.ts';
import { virtualMeter } from './on-use/virtual-meter.ts';
import { problems } from './problems.ts';

export const en = { ...first, messages, problems, rejectDoctor, virtualMeter };
