/**
 * Whether terms of selling without the network make sense together, whoever wrote them: looked at before they
 * are stored, and by the office's form while they are typed. Pure.
 */
import type { OfflineCaps, OfflineTerms, ReserveTerms } from './offline-terms.ts';

/** JSON pointer into the terms, and what was expected there. */
export interface TermsError {
	readonly pointer: string;
	readonly detail: string;
}

/** Every place that contradicts another one; none: they may be set. */
export function findTermsErrors({ queued, unkept, reserve }: OfflineTerms): TermsError[] {
	return [
		...(queued ? capsErrors(queued, '/queued') : []),
		...capsErrors(unkept, '/unkept'),
		...(queued ? unkeptErrors(unkept, queued) : []),
		...(reserve ? reserveErrors(reserve, '/reserve') : []),
	];
}

function capsErrors({ perSaleMinor, sumMinor }: OfflineCaps, pointer: string): TermsError[] {
	if (perSaleMinor <= sumMinor) return [];
	return [{ pointer: `${pointer}/perSaleMinor`, detail: `expected at most sumMinor, ${sumMinor}` }];
}

/** Where rows can be lost there is never more to lose than where they are kept. */
function unkeptErrors(unkept: OfflineCaps, queued: OfflineCaps): TermsError[] {
	const names = ['perSaleMinor', 'sumMinor', 'count', 'ageMs'] as const;
	return names
		.filter((name) => unkept[name] > queued[name])
		.map((name) => ({
			pointer: `/unkept/${name}`,
			detail: `expected at most that of queued, ${queued[name]}`,
		}));
}

/** Rising, so that each is there once; and none that could never be issued. */
function reserveErrors(
	{ denominationsMinor, sumMinor }: ReserveTerms,
	pointer: string,
): TermsError[] {
	return denominationsMinor.flatMap((value, at) => {
		const place = `${pointer}/denominationsMinor/${at}`;
		if (value <= (denominationsMinor[at - 1] ?? 0))
			return [{ pointer: place, detail: 'expected more than the one before' }];
		return value > sumMinor
			? [{ pointer: place, detail: `expected at most sumMinor, ${sumMinor}` }]
			: [];
	});
}
