/** A sealed token ended on its device. */
import { refusedWith, type CarryOut } from './carrying.ts';

/** No sealed token was ever made. Order: `reserve-unknown`. */
export const carryOutReserveEnded: CarryOut<'reserve-ended'> = async () =>
	refusedWith('reserve-unknown');
