/** The demo's year on a database that has just been given its estate: plan it, sell it, and make what its technician hands over. */
import { civilDateOf, startOfDay } from '#lib/core/units/instant.ts';
import type { Backend } from '../backend.ts';
import type { Permit } from '../continuity/permit.ts';
import type { Database } from '../database/open.ts';
import { makeDuty } from '../duty.ts';
import { makeMeasure } from '../measure/measure.ts';
import type { PaymentProvider } from '../payment/port.ts';
import type { SecurityModule } from '../security-module/port.ts';
import { YEARS_BUYERS } from './demo-estate.ts';
import { DEMO_UTILITY } from './demo-utility.ts';
import { DEMO_TILLS } from './demo-vendors.ts';
import { planYear } from './plan-year.ts';
import { sellForJobs } from './sell-for-jobs.ts';
import { sellYear } from './sell-year.ts';

const DAY_MS = 86_400_000;
/** Before midnight, when the last shop has closed. */
const EVENING_MS = 2 * 3_600_000;

/** When the estate is to stand as it was before its year: a day before the first sale can be. */
export function yearBeginsMs(asOfMs: number): number {
	return dayStartMs(asOfMs) - 366 * DAY_MS;
}

export async function seedYear(
	database: Database,
	securityModule: SecurityModule,
	asOfMs: number,
): Promise<void> {
	const tills = DEMO_TILLS.map(({ id }) => id);
	const plan = planYear(YEARS_BUYERS, tills, dayStartMs(asOfMs));
	const backend = sellingBackend(database, securityModule, asOfMs);
	await sellYear(backend, plan);
	await sellForJobs(backend, dayStartMs(asOfMs) - EVENING_MS);
}

function dayStartMs(ms: number): number {
	const { time_zone: zone } = DEMO_UTILITY;
	return startOfDay(civilDateOf(ms, zone), zone);
}

/** As much of a backend as selling asks for. Nobody signs in, and no message is sent. */
function sellingBackend(
	database: Database,
	securityModule: SecurityModule,
	asOfMs: number,
): Backend {
	const parts: Partial<Backend> = {
		database,
		securityModule,
		provider: paysAtOnce(database),
		clock: { nowMs: () => asOfMs },
		log: () => undefined,
		measure: makeMeasure(),
		duty: makeDuty(),
		permit: UNASKED,
	};
	return parts as Backend;
}

/** The draft of a database is nobody's older copy. */
const UNASKED: Permit = {
	refusal: () => undefined,
	cover: () => Promise.resolve(),
	beat: () => Promise.resolve(),
	distrust: () => Promise.resolve(),
};

/** A provider whose payers have all approved: what it was asked for is what was paid. */
function paysAtOnce(database: Database): PaymentProvider {
	return {
		name: 'sandbox',
		ask: () => Promise.resolve(),
		async status(reference) {
			const payment = await database
				.selectFrom('payment')
				.select(['amount_minor', 'currency'])
				.where('id', '=', reference)
				.executeTakeFirstOrThrow();
			return { state: 'paid', amountMinor: payment.amount_minor, currency: payment.currency };
		},
		payUrl: (reference) => `/sandbox/pay/${reference}`,
	};
}
