/** All vendors of the utility, page after page. */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import type { VendorAnswer } from '#lib/core/sync/wire-vendors.ts';

/** Pages; a list that goes on longer is shown up to there. */
const MOST_PAGES = 50;

export async function readAllVendors({
	listVendors,
}: Pick<OfficeTillsApi, 'listVendors'>): Promise<ApiOutcome<readonly VendorAnswer[]>> {
	const all: VendorAnswer[] = [];
	let after: string | null = null;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const outcome: Awaited<ReturnType<typeof listVendors>> = await listVendors(after);
		if (outcome.kind !== 'answer') return outcome;
		all.push(...outcome.answer.vendors);
		after = outcome.answer.next;
		if (after === null) break;
	}
	return { kind: 'answer', answer: all };
}
