/** A sealed token was shown. */
import { refusedWith, type CarryOut } from './carrying.ts';

/** No sealed token was ever made. Order: `reserve-unknown`. */
export const carryOutReveal: CarryOut<'reveal'> = async () => refusedWith('reserve-unknown');
