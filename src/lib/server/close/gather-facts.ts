/** Asks the database and the security module all that a day is reconciled by. Nothing is written or held. */
import { formatDate, type CivilDate } from '#lib/core/units/instant.ts';
import type { Backend } from '../backend.ts';
import type { UtilityRow } from '../database/schema.ts';
import { balancesOf } from './decide-close.ts';
import type { CloseFacts, DayWindow } from './close-facts.ts';
import { compareTokens, sumBookings, sumTokens } from './day-tokens.ts';
import { readReceipts } from './day-receipts.ts';
import { compareAccounts, compareFloats, readHeld } from './kept-balances.ts';
import { readModule } from './module-requests.ts';
import { closesBefore } from './stored-closes.ts';
import { readMovements, readOpening } from './trial-balance.ts';

/** @throws {Fault} `security-module-unavailable` */
export async function gatherFacts(
	backend: Backend,
	utility: Pick<UtilityRow, 'id' | 'currency_code'>,
	date: CivilDate,
	window: DayWindow,
): Promise<CloseFacts> {
	const { database, clock } = backend;
	const asOfMs = clock.nowMs();
	const day = { ...window, utilityId: utility.id };
	const closes = await closesBefore(database, utility.id, formatDate(date), window.fromMs);
	const opening = await readOpening(database, day, closes.report);
	const movements = await readMovements(database, day);
	const closing = balancesOf(opening, movements).map(({ kind, currency, closingMinor }) => ({
		...{ kind, currency, amountMinor: closingMinor },
	}));
	const floats = await compareFloats(database, utility.id);
	const accounts = await compareAccounts(database, utility.id);
	return {
		...{ date: formatDate(date), ...window, asOfMs },
		tokens: await sumTokens(database, day),
		bookings: await sumBookings(database, day),
		...{ opening, movements },
		held: await readHeld(database, utility.id, closing, {
			...{ toMs: window.toMs, currency: utility.currency_code },
		}),
		compared: { vendors: floats.count, accounts: accounts.count },
		receipts: await readReceipts(database, day),
		module: await readModule(backend, day, closes.known, asOfMs),
		findings: [...(await compareTokens(database, day)), floats.findings, accounts.findings],
	};
}
