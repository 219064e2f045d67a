/** Meters of a bench's own, each with a customer and an account, as copies of one of the demo's. */
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import type { Database } from '#lib/server/database/open.ts';

const CHUNK = 500;

/** The nth meter number of a bench: eleven digits, or thirteen for one beyond a hundred million. */
export function benchDrn(serial: number): string {
	const digits = String(serial);
	const number = `${digits.length > 8 ? '0138' : '38'}${digits.slice(-8)}`;
	return `${number}${luhnDigit(number)}`;
}

/** Adds meters beside one that is there. @param from serial of the first */
export async function addMeters(
	database: Database,
	like: string,
	{ from, count }: { readonly from: number; readonly count: number },
): Promise<string[]> {
	const drns = Array.from({ length: count }, (_, at) => benchDrn(from + at));
	const meter = await database
		.selectFrom('meter')
		.selectAll()
		.where('drn', '=', like)
		.executeTakeFirstOrThrow();
	const account = await database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', like)
		.executeTakeFirstOrThrow();
	const customer = await database
		.selectFrom('customer')
		.selectAll()
		.where('id', '=', meter.customer_id)
		.executeTakeFirstOrThrow();
	for (let done = 0; done < count; done += CHUNK) {
		const own = drns.slice(done, done + CHUNK);
		const customers = own.map((drn) => ({ ...customer, id: `c-${drn}` }));
		const meters = own.map((drn) => ({ ...meter, drn, customer_id: `c-${drn}` }));
		await database.insertInto('customer').values(customers).execute();
		await database.insertInto('meter').values(meters).execute();
		await database
			.insertInto('account')
			.values(own.map((drn) => ({ ...account, drn })))
			.execute();
	}
	return drns;
}
