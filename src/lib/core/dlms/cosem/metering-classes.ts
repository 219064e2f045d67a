/** Classes of measured values, tables and clocks (IEC 62056-6-2, 4.3 to 4.5). */
import { type ClassRow, method, read, write } from './class-row.ts';

const SCALER_UNIT = '{integer scaler, enum unit}';
const CAPTURE = '{long-unsigned class, octet-string name, integer attribute, long-unsigned index}';
const RESET = 'integer 0';
const SEASONS = '[{octet-string name, octet-string(12) start, octet-string week}]';
const WEEKS = '[{octet-string name, unsigned Monday … unsigned Sunday}]';
const DAYS =
	'[{unsigned id, [{octet-string(4) start, octet-string script, long-unsigned selector}]}]';

export const METERING_CLASSES: readonly ClassRow[] = [
	{ id: 1, name: 'Data', version: 0, attributes: [write(2, 'value', 'any')], methods: [] },
	{
		id: 3,
		name: 'Register',
		version: 0,
		attributes: [read(2, 'value', 'any'), read(3, 'scaler_unit', 'structure', SCALER_UNIT)],
		methods: [method(1, 'reset', 'integer', RESET)],
	},
	{
		id: 4,
		name: 'Extended register',
		version: 0,
		attributes: [
			read(2, 'value', 'any'),
			read(3, 'scaler_unit', 'structure', SCALER_UNIT),
			read(4, 'status', 'any'),
			read(5, 'capture_time', 'instant'),
		],
		methods: [method(1, 'reset', 'integer', RESET)],
	},
	{
		id: 5,
		name: 'Demand register',
		version: 0,
		attributes: [
			read(2, 'current_average_value', 'any'),
			read(3, 'last_average_value', 'any'),
			read(4, 'scaler_unit', 'structure', SCALER_UNIT),
			read(5, 'status', 'any'),
			read(6, 'capture_time', 'instant'),
			read(7, 'start_time_current', 'instant'),
			write(8, 'period', 'double-long-unsigned', 'seconds'),
			write(9, 'number_of_periods', 'long-unsigned'),
		],
		methods: [method(1, 'reset', 'integer', RESET), method(2, 'next_period', 'integer', RESET)],
	},
	{
		id: 7,
		name: 'Profile generic',
		version: 1,
		attributes: [
			read(2, 'buffer', 'array', '[{one value per column}]'),
			write(3, 'capture_objects', 'array', `[${CAPTURE}]`),
			write(4, 'capture_period', 'double-long-unsigned', 'seconds'),
			write(
				5,
				'sort_method',
				'enum',
				'1 FIFO, 2 LIFO, 3 largest, 4 smallest, 5 nearest to zero, 6 farthest from zero',
			),
			write(6, 'sort_object', 'structure', CAPTURE),
			read(7, 'entries_in_use', 'double-long-unsigned'),
			write(8, 'profile_entries', 'double-long-unsigned'),
		],
		methods: [method(1, 'reset', 'integer', RESET), method(2, 'capture', 'integer', RESET)],
	},
	{
		id: 8,
		name: 'Clock',
		version: 0,
		attributes: [
			write(2, 'time', 'instant'),
			write(3, 'time_zone', 'long', 'minutes'),
			read(4, 'status', 'unsigned', 'bits of the clock status'),
			write(5, 'daylight_savings_begin', 'instant'),
			write(6, 'daylight_savings_end', 'instant'),
			write(7, 'daylight_savings_deviation', 'integer', 'minutes'),
			write(8, 'daylight_savings_enabled', 'boolean'),
			read(9, 'clock_base', 'enum', '0 none, 1 crystal, 2 50 Hz, 3 60 Hz, 4 GPS, 5 radio'),
		],
		methods: [
			method(1, 'adjust_to_quarter', 'integer', RESET),
			method(2, 'adjust_to_measuring_period', 'integer', RESET),
			method(3, 'adjust_to_minute', 'integer', RESET),
			method(4, 'adjust_to_preset_time', 'integer', RESET),
			method(
				5,
				'preset_adjusting_time',
				'structure',
				'{octet-string(12) preset, octet-string(12) from, octet-string(12) to}',
			),
			method(6, 'shift_time', 'long', '−900 … 900 seconds'),
		],
	},
	{
		id: 9,
		name: 'Script table',
		version: 0,
		attributes: [
			write(
				2,
				'scripts',
				'array',
				'[{long-unsigned id, [{enum 1 write 2 execute, long-unsigned class, octet-string name, integer index, parameter}]}]',
			),
		],
		methods: [method(1, 'execute', 'long-unsigned', 'script id')],
	},
	{
		id: 20,
		name: 'Activity calendar',
		version: 0,
		attributes: [
			read(2, 'calendar_name_active', 'octet-string'),
			read(3, 'season_profile_active', 'array', SEASONS),
			read(4, 'week_profile_table_active', 'array', WEEKS),
			read(5, 'day_profile_table_active', 'array', DAYS),
			write(6, 'calendar_name_passive', 'octet-string'),
			write(7, 'season_profile_passive', 'array', SEASONS),
			write(8, 'week_profile_table_passive', 'array', WEEKS),
			write(9, 'day_profile_table_passive', 'array', DAYS),
			write(10, 'activate_passive_calendar_time', 'instant'),
		],
		methods: [method(1, 'activate_passive_calendar', 'integer', RESET)],
	},
	{
		id: 22,
		name: 'Single action schedule',
		version: 0,
		attributes: [
			write(2, 'executed_script', 'structure', '{octet-string script, long-unsigned selector}'),
			write(3, 'type', 'enum', '1 … 5; odd ones allow wildcards'),
			write(4, 'execution_time', 'array', '[{octet-string(4) time, octet-string(5) date}]'),
		],
		methods: [],
	},
	{
		id: 70,
		name: 'Disconnect control',
		version: 0,
		attributes: [
			read(2, 'output_state', 'boolean', 'true: connected'),
			read(3, 'control_state', 'enum', '0 disconnected, 1 connected, 2 ready for reconnection'),
			write(4, 'control_mode', 'enum', '0 … 7, makers’ own from 128'),
		],
		methods: [
			method(1, 'remote_disconnect', 'integer', RESET),
			method(2, 'remote_reconnect', 'integer', RESET),
		],
	},
	{
		id: 71,
		name: 'Limiter',
		version: 0,
		attributes: [
			write(
				2,
				'monitored_value',
				'structure',
				'{long-unsigned class, octet-string name, integer attribute}',
			),
			read(3, 'threshold_active', 'any'),
			write(4, 'threshold_normal', 'any'),
			write(5, 'threshold_emergency', 'any'),
			write(6, 'min_over_threshold_duration', 'double-long-unsigned', 'seconds'),
			write(7, 'min_under_threshold_duration', 'double-long-unsigned', 'seconds'),
			write(
				8,
				'emergency_profile',
				'structure',
				'{long-unsigned id, octet-string(12) time, double-long-unsigned duration}',
			),
			write(9, 'emergency_profile_group_id_list', 'array', '[long-unsigned]'),
			read(10, 'emergency_profile_active', 'boolean'),
			write(
				11,
				'actions',
				'structure',
				'{{octet-string script, long-unsigned selector} over, {…} under}',
			),
		],
		methods: [],
	},
];
