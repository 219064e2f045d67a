/**
 * Which vends are more than an order. Anybody may order, with any phone number and at no cost; a vend took
 * place once somebody answered for it: it was paid, a token was made or given back, or a vendor's float stood
 * behind it. One that was refused took place only where money came for it, on time or not.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Tables } from '../database/schema.ts';

/** As a condition on vends. */
export function tookPlace(is: ExpressionBuilder<Tables, 'vend'>): Expression<SqlBool> {
	return is.or([
		is('vend.state', 'in', ['paid', 'issuing', 'issued', 'reversed']),
		is('vend.funding', '=', 'float'),
		moneyCame(is),
	]);
}

/** The books of the payment know it: also where the vend had ended before. */
function moneyCame(is: ExpressionBuilder<Tables, 'vend'>): Expression<SqlBool> {
	return is.exists(
		is
			.selectFrom('payment')
			.select('payment.id')
			.whereRef('payment.id', '=', 'vend.payment_id')
			.whereRef('payment.vend_id', '=', 'vend.id')
			.where(({ or, eb, exists, selectFrom }) =>
				or([
					eb('payment.state', '=', 'paid'),
					exists(
						selectFrom('payment_movement')
							.select('payment_movement.id')
							.whereRef('payment_movement.payment_id', '=', 'payment.id'),
					),
				]),
			),
	);
}
