/** Whether what was typed makes a till, or the first thing of each field that does not. */
import * as v from 'valibot';
import { TerminalId, TerminalRequest } from '#lib/core/sync/wire-terminals.ts';

export interface NewTill {
	readonly id: string;
	readonly vendorId: string;
	readonly name: string;
}
export type WrongNewTill = {
	readonly id?: 'id' | 'taken';
	readonly vendorId?: 'agent';
	readonly name?: 'name';
};

/** @param present ids of the tills that there are: another one of that number would only be named anew */
export function decideNewTill(
	typed: NewTill,
	present: readonly string[],
): { readonly id: string; readonly request: TerminalRequest } | { readonly wrong: WrongNewTill } {
	const id = typed.id.trim().toUpperCase();
	const isId = v.is(TerminalId, id);
	const name = v.safeParse(TerminalRequest.entries.name, typed.name);
	const wrong: WrongNewTill = {
		...(!isId && { id: 'id' as const }),
		...(isId && present.includes(id) && { id: 'taken' as const }),
		...(typed.vendorId === '' && { vendorId: 'agent' as const }),
		...(!name.success && { name: 'name' as const }),
	};
	if (Object.keys(wrong).length > 0 || !name.success) return { wrong };
	return { id, request: { vendorId: typed.vendorId, name: name.output } };
}
