/** A receipt was printed once more: counted as every copy is. */
import { isRefusal } from '../refusal.ts';
import { reprintVend } from '../vend/reprint.ts';
import { DONE, refusedWith, type CarryOut } from './carrying.ts';

/** Refusals: those of `reprintVend`. */
export const carryOutReprint: CarryOut<'reprint'> = async ({ backend, till, entry }) => {
	const copy = await reprintVend(backend, till, entry.content.vendId, { id: entry.id });
	return isRefusal(copy) ? refusedWith(copy.refusal) : DONE;
};
