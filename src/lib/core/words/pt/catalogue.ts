/** What everybody's screens say, in Portuguese. */
import type { Words } from '../catalogue.ts';
import { first } from './first.ts';
import { rejectDoctor } from './later/reject-doctor.ts';
import { messages } from './messages.ts';
import { virtualMeter } from './on-use/virtual-meter.ts';

export const pt: Words = { ...first, messages, rejectDoctor, virtualMeter };
