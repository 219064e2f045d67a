/** What every test may ask of the books at its end. */
import { sql } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';

/** Whatever happened: all true of a sound shop. Empty when nothing is wrong. */
export async function whatIsWrong(database: Database): Promise<string[]> {
	const wrong: string[] = [];
	for (const [complaint, query] of Object.entries(COMPLAINTS)) {
		const { rows } = await sql.raw(query).execute(database);
		if (rows.length > 0) wrong.push(`${complaint}: ${JSON.stringify(rows)}`);
	}
	return wrong;
}

const COMPLAINTS = {
	'a ledger transaction does not add up to zero': `
		select transaction_id from ledger_entry group by transaction_id, currency having sum(amount_minor) <> 0`,
	'a ledger transaction has no seal': `
		select id from ledger_transaction where id not in (select transaction_id from ledger_seal)`,
	'an issued vend without exactly one token': `
		select id from vend where state = 'issued'
			and (select count(*) from vend_token where vend_id = vend.id) <> 1`,
	'a token of a vend that is not issued': `
		select vend_id from vend_token where vend_id not in (select id from vend where state = 'issued')`,
	'an issued vend without exactly one booking': `
		select id from vend where state = 'issued' and (select count(*) from ledger_transaction
			where kind = 'vend' and subject_id = vend.id) <> 1`,
	'a booking of a vend that is not issued': `
		select subject_id from ledger_transaction where kind = 'vend'
			and subject_id not in (select id from vend where state = 'issued')`,
	'a TID given twice to a meter': `
		select drn, tid from vend_token group by drn, base_year, tid having count(*) > 1`,
	'digits given twice': `select digits from vend_token group by digits having count(*) > 1`,
	'receipt numbers with a gap': `
		select count(*) as receipts, max(receipt_number) as last from vend
			where receipt_number is not null having count(*) <> max(receipt_number)`,
	'arrears that the ledger does not know': `
		select drn, arrears_minor from account where arrears_minor <> coalesce((select sum(amount_minor)
			from ledger_entry where account_id = 'lakeside:arrears:' || drn), 0)`,
	'left-over money that the ledger does not know': `
		select drn, left_over_minor from account where left_over_minor <> -coalesce((select sum(amount_minor)
			from ledger_entry where account_id = 'lakeside:left-over:' || drn), 0)`,
	'money held for a vend that is final': `
		select balance from (select coalesce(sum(amount_minor), 0) as balance from ledger_entry
			where account_id = 'lakeside:customer-held') where balance <> -coalesce((select sum(amount_minor)
			from vend where state in ('paid', 'issuing')), 0)`,
};
