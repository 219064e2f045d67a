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

/** An account moves on with the first transaction of a vend, the ledger with the second. */
const NOT_UNDER_WAY = `drn not in (select drn from vend where state = 'issuing')`;
const WITH_TOKEN = `('credit', 'fbe', 'free-issue', 'engineering')`;
const WITH_BOOKING = `('credit', 'fbe', 'free-issue')`;

const COMPLAINTS = {
	'a ledger transaction does not add up to zero': `
		select transaction_id from ledger_entry group by transaction_id, currency having sum(amount_minor) <> 0`,
	'a ledger transaction has no seal': `
		select id from ledger_transaction where id not in (select transaction_id from ledger_seal)`,
	'an issued vend without exactly one token beside its key-change tokens': `
		select id from vend where state = 'issued' and kind in ${WITH_TOKEN}
			and (select count(*) from vend_token where vend_id = vend.id and kind <> 'key-change') <> 1`,
	'an issued key change with another token, or none': `
		select id from vend where state = 'issued' and kind = 'key-change' and (
			not exists (select 1 from vend_token where vend_id = vend.id) or
			exists (select 1 from vend_token where vend_id = vend.id and kind <> 'key-change'))`,
	'key-change tokens that are not a set of two, three or four': `
		select vend_id from vend_token where kind = 'key-change' group by vend_id
			having count(*) not in (2, 3, 4)`,
	'a token that is not in its place, key-change tokens first': `
		select vend_id from vend_token as token where sequence <> 1 + (select count(*) from vend_token
			as before where before.vend_id = token.vend_id and before.sequence < token.sequence)
			or (kind = 'key-change' and exists (select 1 from vend_token as before where
			before.vend_id = token.vend_id and before.kind <> 'key-change'
			and before.sequence < token.sequence))`,
	'a token of a vend that was never issued': `
		select vend_id from vend_token
			where vend_id not in (select id from vend where state in ('issued', 'reversed'))`,
	'digits released of a vend that is not issued': `
		select id from vend where released_at_ms is not null and state <> 'issued'`,
	'a vend without exactly one booking of its token': `
		select id from vend where kind in ${WITH_BOOKING} and (state = 'issued' or receipt_number is not null)
			and (select count(*) from ledger_transaction
				where kind = 'vend' and subject_id = vend.id) <> 1`,
	'a booking of a token that was never made, or moves nothing': `
		select subject_id from ledger_transaction where kind = 'vend' and subject_id not in
			(select id from vend where receipt_number is not null and kind in ${WITH_BOOKING})`,
	'energy that tokens and books do not agree on': `
		select vend_id from vend_token where energy_deci_kwh > 0 and energy_deci_kwh <> (
			select sum(energy_deci_kwh) from ledger_entry where transaction_id = 'vend:' || vend_id)`,
	'a vend taken back that a float or the books still feel': `
		select vend.id, entry.account_id from vend
			join ledger_transaction as booked on booked.subject_id = vend.id
				and booked.kind not in ('payout', 'charge-back')
			join ledger_entry as entry on entry.transaction_id = booked.id
			where vend.state = 'reversed' and entry.account_id not like '%:customer-held'
				and entry.account_id not like '%:refund-due'
			group by vend.id, entry.account_id
			having sum(entry.amount_minor) <> 0 or sum(entry.energy_deci_kwh) <> 0`,
	'a TID given twice to a meter': `
		select drn, tid from vend_token where tid is not null
			group by drn, base_year, tid having count(*) > 1`,
	'digits given twice': `
		select digits from vend_token where tid is not null group by digits having count(*) > 1`,
	'receipt numbers with a gap': `
		select issuing_point, count(*) as receipts, max(receipt_number) as last from vend
			where receipt_number is not null
			group by utility_id, issuing_point, receipt_number / 1000000000
			having count(*) <> max(receipt_number % 1000000000)`,
	'arrears that the ledger does not know': `
		select drn, arrears_minor from account where arrears_minor <> coalesce((select sum(amount_minor)
			from ledger_entry where account_id = 'lakeside:arrears:' || drn), 0)
			and ${NOT_UNDER_WAY}`,
	'an arrears adjustment that the ledger does not know as it is': `
		select id from arrears_adjustment where 1 <> (select count(*) from ledger_entry
			where transaction_id = 'arrears-adjustment:' || arrears_adjustment.id
			and account_id = utility_id || ':arrears:' || drn
			and ledger_entry.amount_minor = arrears_adjustment.amount_minor)`,
	'a booking of an arrears adjustment that there is not': `
		select subject_id from ledger_transaction where kind = 'arrears-adjustment'
			and subject_id not in (select id from arrears_adjustment)`,
	'arrears below nothing': `
		select drn, arrears_minor from account where arrears_minor < 0`,
	'left-over money that the ledger does not know': `
		select drn, left_over_minor from account where left_over_minor <> -coalesce((select sum(amount_minor)
			from ledger_entry where account_id = 'lakeside:left-over:' || drn), 0)
			and ${NOT_UNDER_WAY}`,
	'a float that the ledger does not know': `
		select id, float_minor from vendor where float_minor <> -coalesce((select sum(amount_minor)
			from ledger_entry where account_id = utility_id || ':agent-float:' || id), 0)`,
	'a float below its limit': `
		select id, float_minor from vendor where float_minor + credit_limit_minor < 0`,
	'money held for a vend that is final': `
		select balance from (select coalesce(sum(amount_minor), 0) as balance from ledger_entry
			where account_id = 'lakeside:customer-held') as held
			where balance <> -coalesce((select sum(amount_minor)
			from vend where state in ('paid', 'issuing')), 0)`,
	'a paid payment without exactly one booking': `
		select id from payment where state = 'paid' and (select count(*) from ledger_transaction
			where kind = 'payment' and subject_id = payment.id) <> 1`,
	'a booking of a payment that is not paid': `
		select subject_id from ledger_transaction where kind = 'payment'
			and subject_id not in (select id from payment where state = 'paid')`,
	'money of a payment that books and movements do not agree on': `
		select payment.id from payment join payment_movement on payment_movement.payment_id = payment.id
			where payment_movement.id not in (select subject_id from ledger_transaction
				where kind in ('late-payment', 'charge-back'))
			and payment_movement.amount_minor > 0`,
	'somebody owed less than nothing': `
		select account_id, subject_id from ledger_entry
			join ledger_transaction on ledger_transaction.id = ledger_entry.transaction_id
			where account_id in ('lakeside:suspense', 'lakeside:refund-due')
			group by account_id, subject_id having sum(amount_minor) > 0`,
	'a message with digits that went out before they were released': `
		select message.id from message join vend on vend.id = message.subject_id
			where message.template = 'token' and message.state in ('sent', 'delivered')
			and vend.released_at_ms is null`,
	'copies of a receipt with a gap': `
		select vend_id from reprint group by vend_id having count(*) <> max(copy)`,
	'a copy of a receipt that was never released': `
		select reprint.id from reprint join vend on vend.id = reprint.vend_id
			where vend.released_at_ms is null`,
};
