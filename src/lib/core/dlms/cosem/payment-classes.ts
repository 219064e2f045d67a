/** Classes of payment metering (IEC 62056-6-2, 4.6). */
import { type ClassRow, method, read, write } from './class-row.ts';

const NOTHING = 'integer 0';
const UNIT_CHARGE =
	'{{integer commodity scale, integer price scale}, {long-unsigned class, octet-string name, integer attribute}, [{octet-string index, long charge per unit}]}';

export const PAYMENT_CLASSES: readonly ClassRow[] = [
	{
		id: 111,
		name: 'Account',
		version: 0,
		attributes: [
			write(
				2,
				'account_mode_and_status',
				'structure',
				'{enum mode 1 credit 2 prepayment, enum status 1 new 2 active 3 closed}',
			),
			read(3, 'current_credit_in_use', 'unsigned'),
			read(4, 'current_credit_status', 'bit-string'),
			read(5, 'available_credit', 'double-long'),
			read(6, 'amount_to_clear', 'double-long'),
			write(7, 'clearance_threshold', 'double-long'),
			read(8, 'aggregated_debt', 'double-long'),
			write(9, 'credit_reference_list', 'array', '[octet-string]'),
			write(10, 'charge_reference_list', 'array', '[octet-string]'),
			write(
				11,
				'credit_charge_configuration',
				'array',
				'[{octet-string credit, octet-string charge, bit-string collection}]',
			),
			write(
				12,
				'token_gateway_configuration',
				'array',
				'[{octet-string credit, unsigned per cent}]',
			),
			read(13, 'account_activation_time', 'instant'),
			read(14, 'account_closure_time', 'instant'),
			write(15, 'currency', 'structure', '{utf8-string name, integer scale, enum unit}'),
			write(16, 'low_credit_threshold', 'double-long'),
			write(17, 'next_credit_available_threshold', 'double-long'),
			write(18, 'max_provision', 'long-unsigned'),
			write(19, 'max_provision_period', 'double-long', 'seconds'),
		],
		methods: [
			method(1, 'activate_account', 'integer', NOTHING),
			method(2, 'close_account', 'integer', NOTHING),
			method(3, 'reset_account', 'integer', NOTHING),
		],
	},
	{
		id: 112,
		name: 'Credit',
		version: 0,
		attributes: [
			read(2, 'current_credit_amount', 'double-long'),
			write(
				3,
				'credit_type',
				'enum',
				'0 token, 1 reserved, 2 emergency, 3 time based, 4 consumption based',
			),
			write(4, 'priority', 'unsigned'),
			write(5, 'warning_threshold', 'double-long'),
			write(6, 'limit', 'double-long'),
			write(7, 'credit_configuration', 'bit-string'),
			read(
				8,
				'credit_status',
				'enum',
				'0 enabled, 1 selectable, 2 selected, 3 in use, 4 exhausted',
			),
			write(9, 'preset_credit_amount', 'double-long'),
			write(10, 'credit_available_threshold', 'double-long'),
			write(11, 'period', 'instant'),
		],
		methods: [
			method(1, 'update_amount', 'double-long', 'signed difference'),
			method(2, 'set_amount_to_value', 'double-long'),
			method(3, 'invoke_credit', 'integer', NOTHING),
		],
	},
	{
		id: 113,
		name: 'Charge',
		version: 0,
		attributes: [
			read(2, 'total_amount_paid', 'double-long'),
			write(3, 'charge_type', 'enum', '0 consumption, 1 time, 2 payment event'),
			write(4, 'priority', 'unsigned'),
			read(5, 'unit_charge_active', 'structure', UNIT_CHARGE),
			write(6, 'unit_charge_passive', 'structure', UNIT_CHARGE),
			write(7, 'unit_charge_activation_time', 'instant'),
			write(8, 'period', 'double-long-unsigned', 'seconds'),
			write(9, 'charge_configuration', 'bit-string'),
			read(10, 'last_collection_time', 'instant'),
			read(11, 'last_collection_amount', 'double-long'),
			read(12, 'total_amount_remaining', 'double-long'),
			write(13, 'proportion', 'long-unsigned', '1/10000'),
		],
		methods: [
			method(1, 'update_unit_charge', 'array'),
			method(2, 'activate_passive_unit_charge', 'integer', NOTHING),
			method(3, 'collect', 'integer', NOTHING),
			method(4, 'update_total_amount_remaining', 'double-long'),
			method(5, 'set_total_amount_remaining', 'double-long'),
		],
	},
	{
		id: 115,
		name: 'Token gateway',
		version: 0,
		attributes: [
			read(2, 'token', 'octet-string', 'the last one received'),
			read(3, 'token_time', 'instant'),
			read(4, 'token_description', 'array', '[octet-string]'),
			read(5, 'token_delivery_method', 'enum', '0 remote, 1 local, 2 manual'),
			read(6, 'token_status', 'structure', '{enum status code, bit-string value}'),
		],
		methods: [
			method(1, 'enter', 'octet-string', 'the token, as the meter profile says', 'structure'),
		],
	},
	{
		id: 116,
		name: 'IEC 62055-41 attributes',
		version: 0,
		attributes: [
			read(
				2,
				'meter_pan',
				'structure',
				'{double-long-unsigned issuer, long64-unsigned decoder reference, unsigned check digit}',
			),
			read(3, 'commodity', 'visible-string'),
			read(4, 'token_carrier_types', 'array', '[unsigned]'),
			read(5, 'encryption_algorithm', 'unsigned'),
			read(6, 'supply_group_code', 'double-long-unsigned'),
			read(7, 'tariff_index', 'unsigned'),
			read(8, 'key_revision_number', 'unsigned'),
			read(9, 'key_type', 'unsigned'),
			read(10, 'key_expiry_number', 'unsigned'),
			read(11, 'no_of_kct_supported', 'unsigned'),
			read(12, 'sts_certificate_no', 'visible-string'),
		],
		methods: [],
	},
];

/** What `token_status` says of a token, by its code. */
export const TOKEN_STATUS_CODES = [
	{ code: 0, name: 'format-ok', final: false },
	{ code: 1, name: 'authentication-ok', final: false },
	{ code: 2, name: 'validation-ok', final: false },
	{ code: 3, name: 'execution-ok', final: true },
	{ code: 4, name: 'format-failure', final: true },
	{ code: 5, name: 'authentication-failure', final: true },
	{ code: 6, name: 'validation-failure', final: true },
	{ code: 7, name: 'execution-failure', final: true },
	{ code: 8, name: 'received-and-not-yet-processed', final: false },
] as const;
export type TokenStatusName = (typeof TOKEN_STATUS_CODES)[number]['name'];
