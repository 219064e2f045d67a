/**
 * Which vends are sealed tokens that nobody has revealed: nothing of ours shows their digits in clear, to
 * nobody. They left this server sealed to one device, whose own reveal is what makes them a sale.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database, Write } from '../../database/open.ts';
import type { Tables, VendRow } from '../../database/schema.ts';

/** Also of one that ran out, or was returned: it was never sold to anybody. */
export async function isStillSealed(
	database: Database | Write,
	row: Pick<VendRow, 'id' | 'funding' | 'shift_batch_id'>,
): Promise<boolean> {
	// Every other sale from a float was made in a shift: nobody else's answer waits for this question.
	if (row.funding !== 'float' || row.shift_batch_id !== null) return false;
	const found = await database
		.selectFrom('vend')
		.select('vend.id')
		.where('vend.id', '=', row.id)
		.where((is) => stillSealed(is))
		.executeTakeFirst();
	return found !== undefined;
}

/** The same as a condition on vends. */
export function stillSealed(is: ExpressionBuilder<Tables, 'vend'>): Expression<SqlBool> {
	return is.exists(
		is
			.selectFrom('reserve')
			.select('reserve.vend_id')
			.whereRef('reserve.vend_id', '=', 'vend.id')
			.where(({ not, exists, selectFrom }) =>
				not(
					exists(
						selectFrom('reserve_end')
							.select('reserve_end.vend_id')
							.whereRef('reserve_end.vend_id', '=', 'reserve.vend_id')
							.where('reserve_end.state', '=', 'revealed'),
					),
				),
			),
	);
}
