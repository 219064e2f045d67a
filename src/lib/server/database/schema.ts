/**
 * The tables as types, by subject in `schema/`. Portable columns only: ids and JSON as text, money, energy and
 * instants as whole numbers, yes and no as 1 and 0. What a row may become is kept by the database itself
 * (migrations/).
 */
import type { EstateTables } from './schema/estate.ts';
import type { SalesTables } from './schema/sales.ts';
import type { PaymentsTables } from './schema/payments.ts';
import type { LedgerTables } from './schema/ledger.ts';
import type { VendorsTables } from './schema/vendors.ts';
import type { AccessTables } from './schema/access.ts';
import type { MessagesTables } from './schema/messages.ts';
import type { AuditTables } from './schema/audit.ts';
import type { FieldTables } from './schema/field.ts';
import type { TillTables } from './schema/till.ts';
import type { RemindersTables } from './schema/reminders.ts';

export type * from './states.ts';
export type * from './schema/estate.ts';
export type * from './schema/sales.ts';
export type * from './schema/payments.ts';
export type * from './schema/ledger.ts';
export type * from './schema/vendors.ts';
export type * from './schema/access.ts';
export type * from './schema/messages.ts';
export type * from './schema/audit.ts';
export type * from './schema/field.ts';
export type * from './schema/till.ts';
export type * from './schema/reminders.ts';

export interface Tables
	extends
		EstateTables,
		SalesTables,
		PaymentsTables,
		LedgerTables,
		VendorsTables,
		AccessTables,
		MessagesTables,
		AuditTables,
		FieldTables,
		TillTables,
		RemindersTables {}
