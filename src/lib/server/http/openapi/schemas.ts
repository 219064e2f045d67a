/** The wire's schemas as JSON Schema: one component for each that has a name, in place for the others. */
import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import * as approvals from '#lib/core/sync/wire-approvals.ts';
import * as associations from '#lib/core/sync/wire-associations.ts';
import * as audit from '#lib/core/sync/wire-audit.ts';
import * as deliveries from '#lib/core/sync/wire-deliveries.ts';
import * as estate from '#lib/core/sync/wire-estate.ts';
import * as fieldDevices from '#lib/core/sync/wire-field-devices.ts';
import * as history from '#lib/core/sync/wire-history.ts';
import * as jobs from '#lib/core/sync/wire-jobs.ts';
import * as messages from '#lib/core/sync/wire-messages.ts';
import * as office from '#lib/core/sync/wire-office.ts';
import * as operation from '#lib/core/sync/wire-operation.ts';
import * as packs from '#lib/core/sync/wire-packs.ts';
import * as people from '#lib/core/sync/wire-people.ts';
import * as reminders from '#lib/core/sync/wire-reminders.ts';
import * as reserves from '#lib/core/sync/wire-reserves.ts';
import * as terminals from '#lib/core/sync/wire-terminals.ts';
import * as till from '#lib/core/sync/wire-till.ts';
import * as utility from '#lib/core/sync/wire-utility.ts';
import * as vendors from '#lib/core/sync/wire-vendors.ts';
import * as vends from '#lib/core/sync/wire-vends.ts';
import * as sale from '#lib/core/sync/wire.ts';

/** Files of the wire whose schemas are components. */
export const WIRE_FILES = {
	'wire-approvals.ts': approvals,
	'wire-associations.ts': associations,
	'wire-audit.ts': audit,
	'wire-deliveries.ts': deliveries,
	'wire-estate.ts': estate,
	'wire-field-devices.ts': fieldDevices,
	'wire-history.ts': history,
	'wire-jobs.ts': jobs,
	'wire-messages.ts': messages,
	'wire-office.ts': office,
	'wire-operation.ts': operation,
	'wire-packs.ts': packs,
	'wire-people.ts': people,
	'wire-reminders.ts': reminders,
	'wire-reserves.ts': reserves,
	'wire-terminals.ts': terminals,
	'wire-till.ts': till,
	'wire-utility.ts': utility,
	'wire-vendors.ts': vendors,
	'wire-vends.ts': vends,
	'wire.ts': sale,
};

export type JsonSchema = Readonly<Record<string, unknown>>;

const NAMED: Readonly<Record<string, GenericSchema>> = Object.fromEntries(
	Object.values(WIRE_FILES).flatMap((file) =>
		Object.entries(file)
			.filter((entry): entry is [string, GenericSchema] => isSchema(entry[1]))
			.map(([name, schema]) => [nameOf(name), schema]),
	),
);

/** What decides by its input which of several it is: all of them are possible. */
const CHOICES = new Map<GenericSchema, readonly GenericSchema[]>([
	[
		sale.AnyVendRequest,
		[sale.VendRequest, sale.FloatVendRequest, sale.FbeRequest, sale.KeyChangeRequest],
	],
]);

const CONFIG: ConversionConfig = {
	target: 'draft-2020-12',
	// A check that JSON Schema cannot say is still made by the server; the schema is then the wider one.
	errorMode: 'ignore',
	overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
	overrideSchema({ valibotSchema }) {
		const choices = CHOICES.get(valibotSchema as GenericSchema);
		return choices && { anyOf: choices.map((one) => referenceTo(one) as object) };
	},
};

export function componentSchemas(): Record<string, JsonSchema> {
	return toJsonSchemaDefs(NAMED as never, { ...CONFIG, typeMode: 'input' });
}

/** A schema where it is used: by its name when it has one. */
export function schemaOf(schema: GenericSchema, typeMode: 'input' | 'output'): JsonSchema {
	const named = referenceTo(schema);
	if (named !== undefined) return named;
	const definitions = NAMED as never;
	const converted = { ...toJsonSchema(schema, { ...CONFIG, typeMode, definitions }) };
	// Said once for the whole document; and the definitions are its components.
	delete converted.$schema;
	delete converted.$defs;
	return converted as JsonSchema;
}

function referenceTo(schema: GenericSchema): JsonSchema | undefined {
	const found = Object.entries(NAMED).find(([, one]) => one === schema);
	return found && { $ref: `#/components/schemas/${found[0]}` };
}

/** `ReceiptShape` is told of as `Receipt`. */
function nameOf(exported: string): string {
	return exported.replace(/Shape$/, '');
}

function isSchema(value: unknown): value is GenericSchema {
	return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}
