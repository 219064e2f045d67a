/** Puts the demo utility into an empty database, all of it or nothing. */
import type { Database, Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { book } from '../ledger/book.ts';
import { DEMO_SLOTS } from '../security-module/demo-slots.ts';
import type { SecretSeal } from '../dlms-secret/secret-seal.ts';
import { demoBlock, demoMeters } from './demo-estate.ts';
import { seedField } from './demo-field.ts';
import type { SeededMeter } from './demo-meter.ts';
import { seedPeople } from './demo-people.ts';
import { DEMO_TARIFFS, TARIFFS_VALID_FROM_MS } from './demo-tariffs.ts';
import { DEMO_SUPPLY_GROUPS, DEMO_UTILITY } from './demo-utility.ts';
import { DEMO_NEW_TILL, DEMO_TILLS, DEMO_VENDORS, demoTermsRows, tillRow } from './demo-vendors.ts';

/** When the demo begins, and what its day is, on which somebody first looks at it. */
export interface DemoTimes {
	readonly beginsMs: number;
	readonly todayMs: number;
}

/**
 * The estate as it is when the demo begins, without a sale yet. Answers whether it did: a database with a
 * utility is left as it is.
 */
export async function seedDemo(
	database: Database,
	{ beginsMs, todayMs }: DemoTimes,
	seal: SecretSeal,
): Promise<boolean> {
	return await transact(database, async (write) => {
		const known = await write.selectFrom('utility').select('id').limit(1).executeTakeFirst();
		if (known !== undefined) return false;
		const utilityId = DEMO_UTILITY.id;
		await write.insertInto('utility').values(DEMO_UTILITY).execute();
		await write
			.insertInto('supply_group')
			.values(
				DEMO_SUPPLY_GROUPS.map(({ sgc, name, currentKrn, blindTariffId }) => ({
					...{ sgc, utility_id: utilityId, name, current_krn: currentKrn },
					blind_tariff_id: blindTariffId,
				})),
			)
			.execute();
		await write
			.insertInto('supply_group_key')
			.values(
				DEMO_SLOTS.map(({ sgc, krn, ken, dkga, kt, slot, baseYear, publicTest, ...limits }) => ({
					...{ sgc, krn, ken, dkga, kt, slot },
					active_from_ms: limits.activeFromMs,
					issue_until_ms: limits.issueUntilMs,
					unit_limit_deci_kwh: limits.unitLimitDeciKwh,
					utility_id: utilityId,
					base_year: baseYear,
					public_test: publicTest ? 1 : 0,
				})),
			)
			.execute();
		await write
			.insertInto('tariff')
			.values(
				DEMO_TARIFFS.map((tariff) => ({
					id: tariff.id,
					version: tariff.version,
					utility_id: utilityId,
					valid_from_ms: TARIFFS_VALID_FROM_MS,
					definition: JSON.stringify(tariff),
				})),
			)
			.execute();
		for (const seeded of demoMeters(beginsMs)) await seedMeter(write, seeded, beginsMs);
		await write
			.insertInto('vendor')
			.values([...DEMO_VENDORS])
			.execute();
		await write
			.insertInto('terminal')
			.values([
				...DEMO_TILLS.map((till) => tillRow(till, 'active', beginsMs)),
				tillRow(DEMO_NEW_TILL, 'awaiting-enrolment', null),
			])
			.execute();
		await write.insertInto('offline_terms').values(demoTermsRows(beginsMs)).execute();
		await seedPeople(write, utilityId);
		await write.insertInto('block_decision').values(demoBlock(beginsMs)).execute();
		await seedField(write, seal, todayMs);
		return true;
	});
}

async function seedMeter(
	write: Write,
	{ customer, meter, account, isVirtual }: SeededMeter,
	beginsMs: number,
): Promise<void> {
	await write.insertInto('customer').values(customer).execute();
	await write.insertInto('meter').values(meter).execute();
	if (isVirtual) {
		const { drn, sgc, krn, ti } = meter;
		await write.insertInto('virtual_meter').values({ drn, sgc, krn, ti }).execute();
	}
	await write.insertInto('account').values(account).execute();
	if (account.arrears_minor === 0) return;
	const { drn, arrears_minor: amountMinor } = { ...meter, ...account };
	await book(write, {
		utilityId: meter.utility_id,
		kind: 'opening',
		subjectId: drn,
		atMs: beginsMs,
		currency: DEMO_UTILITY.currency_code,
		entries: [
			{ account: { kind: 'arrears', owner: drn }, amountMinor, step: 'opening' },
			{ account: 'opening-balance', amountMinor: -amountMinor, step: 'opening' },
		],
	});
}
