/** In Arabic: see `en/on-use/virtual-meter.ts`. */
import type { Words } from '../../catalogue.ts';
import { apart } from '../../isolate.ts';
import { METER_DISPLAY, METER_ENTRY, METER_ITEMS, METER_VALUES } from '../../meter-display.ts';
import { pluralIn } from '../../plural.ts';
import { tokenDone, tokenResults } from '../token-results.ts';

const plural = pluralIn('ar');
const kilowattHours = (kwh: string): string => apart(`${kwh} kWh`);

export const virtualMeter: Words['virtualMeter'] = {
	list: {
		title: 'عدادات افتراضية',
		lead: 'عدادات من مجموعة التجارب العامة. تأخذ رموزًا تجريبية حقيقية وتتذكرها على هذا الجهاز.',
		number: (drn, ea) => `رقم ${apart(ea === '' ? drn : `${drn} · EA${ea}`)}`,
		credit: (kwh) => `الرصيد ${kilowattHours(kwh)}`,
		used: (kwh) => `استُهلك ${kilowattHours(kwh)}`,
		chooseMake: 'اختر طرازه أولًا',
		notYetHere: 'لم يُستخدم على هذا الجهاز بعد.',
		unreadable: 'تعذرت قراءة ما حُفظ من هذا العداد. افتحه لإصلاح ذلك.',
		loading: 'جارٍ البحث عن العدادات',
		offlineTitle: 'لا عداد على هذا الجهاز بعد',
		offline:
			'يأتي العداد الافتراضي من الخدمة مرة واحدة، ثم يعمل بلا شبكة. اتصل بالشبكة وحاول مرة أخرى.',
		offlineKnownTitle: 'الخدمة لا تجيب',
		offlineKnown: 'العدادات أدناه على هذا الجهاز وتعمل كما هي.',
		none: 'لا تقدم الخدمة أي عداد افتراضي.',
		tryAgain: 'حاول مرة أخرى',
	},
	page: {
		back: 'عدادات افتراضية',
		loading: 'جارٍ جلب العداد',
		offlineTitle: 'هذا العداد ليس على هذا الجهاز',
		offline: 'يأتي من الخدمة مرة واحدة، ثم يعمل بلا شبكة. اتصل بالشبكة وحاول مرة أخرى.',
		unusable:
			'تصف الخدمة هذا العداد بطريقة لا يعرفها هذا التطبيق. حمّل الصفحة مرة أخرى لتحصل على أحدث نسخة.',
		tryAgain: 'حاول مرة أخرى',
		buy: 'اشتر لهذا العداد',
		technician: 'اتصل كفني',
		emergency: (kwh) => `خذ ${apart(kwh)} من رصيد الطوارئ`,
		emergencyTaken: (kwh) => `رصيد الطوارئ: بقي ${apart(kwh)}. الرمز القادم يسدده أولًا.`,
		moreLoading: 'جارٍ جلب بقية العداد',
		moreFailed: 'بقية صفحة العداد ليست على هذا الجهاز بعد. اتصل بالشبكة وحمّل الصفحة مرة أخرى.',
		paste: 'ألصق رمزًا',
		pasteRefused: {
			empty: 'لا شيء للصق. انسخ أولًا الأرقام العشرين لرمز الشحن.',
			notToken: 'ما نُسخ ليس رمز شحن. في رمز الشحن عشرون رقمًا.',
			notAllowed: `لا يسمح المتصفح لهذه الصفحة بقراءة ما نُسخ. أدخل الأرقام، أو اضغط ${apart('Ctrl V')}.`,
		},
		storeFault:
			'لم يستطع هذا الجهاز حفظ ما فعله العداد، فلم يُفعل. أفرغ بعض المساحة وحاول مرة أخرى.',
	},
	handOver: {
		label: 'رموز لهذا العداد',
		turn: (place, of) => `الرمز ${place} من ${of}`,
		enter: 'هو على الشاشة. اضغط إدخال في لوحة المفاتيح.',
		offer: (place, of) => `التالي: الرمز ${place} من ${of}`,
	},
	code: (code) => `الرمز ${apart(code)}`,
	corrupt: {
		title: 'تعذرت قراءة هذا العداد',
		detail:
			'ما حفظه هذا الجهاز من العداد تالف: ضاع رصيده والرموز التي أخذها. أعده إلى حال المصنع لتستخدمه مرة أخرى.',
		offlineTitle: 'الخدمة لا تجيب',
		offline: 'تحتاج إعادة العداد إلى حال المصنع إلى الشبكة مرة واحدة. اتصل وحاول مرة أخرى.',
	},
	housing: {
		label: (drn) => `العداد الافتراضي ${apart(drn)}`,
		number: 'رقم',
		ratings: (ea, phases) =>
			apart(`EA${ea} · ${phases === 1 ? '230 V' : '3×230/400 V'} · 5(60) A · 50 Hz`),
		test: 'تجربة',
		pulses: (perKwh) => apart(`${perKwh} imp/kWh`),
		supplyOn: 'التيار موصول',
		supplyOff: 'التيار مفصول',
	},
	keypad: { label: 'لوحة المفاتيح', enter: 'إدخال', backspace: 'احذف آخر رقم' },
	display: METER_DISPLAY,
	twin: {
		credit: (kwh) => `الرصيد ${kilowattHours(kwh)}.`,
		emergencyCredit: (kwh) => `رصيد الطوارئ ${kilowattHours(kwh)}.`,
		used: (kwh) => `استُهلك ${kilowattHours(kwh)}.`,
		phases: (phases) => `يمر التيار في ${apart(phases)}.`,
		rate: (rate) => `التعرفة ${rate}.`,
		emergency: 'رصيد الطوارئ قيد الاستخدام.',
		remoteOff: 'مفصول عن بعد.',
		supplyOff: 'التيار مفصول.',
		lowCredit: 'الرصيد منخفض.',
		tamper: 'إنذار عبث.',
		locked: 'مقفل.',
		entry: (groups) => `أُدخل: ${apart(groups)}`,
		full: 'الأرقام العشرون دخلت. اضغط إدخال.',
		item: (label, value) => `${apart(label)}: ${apart(value)}`,
	},
	entry: {
		incomplete: {
			display: METER_ENTRY.incomplete,
			title: 'رمز غير مكتمل',
			detail: (count) =>
				`في رمز الشحن عشرون رقمًا؛ أُدخل ${plural(count, {
					one: 'رقم واحد',
					two: 'رقمان',
					few: `${count} أرقام`,
					many: `${count} رقمًا`,
					other: `${count} رقم`,
				})}. أدخل الباقي.`,
		},
		timedOut: {
			display: METER_ENTRY.timedOut,
			title: 'نسي العداد الأرقام',
			detail: (seconds) =>
				`ينتظر الرقم التالي ${plural(seconds, {
					one: 'ثانية واحدة',
					two: 'ثانيتين',
					few: `${seconds} ثوانٍ`,
					other: `${seconds} ثانية`,
				})}. أدخل الرمز من البداية.`,
		},
		offered: {
			display: METER_ENTRY.offered,
			title: 'رمزك على الشاشة',
			detail: () => 'اضغط إدخال في لوحة المفاتيح ليأخذه العداد.',
		},
		unknownCode: {
			display: METER_ENTRY.unknownCode,
			title: 'ليس في العداد رمز كهذا',
			detail: (code) => `لا يُعرض شيء تحت ${apart(code)}. 001 يعرض الرصيد، و002 رقم العداد.`,
		},
	},
	results: tokenResults,
	done: tokenDone,
	items: METER_ITEMS,
	shown: { title: 'على الشاشة' },
	...METER_VALUES,
	locked: (clock) => `يأخذ العداد الرموز مرة أخرى بعد ${apart(clock)}.`,
	load: {
		label: 'الاستهلاك',
		phase: (phase) => `الاستهلاك على ${apart(`L${phase}`)}`,
		power: (kilowatts) => apart(`${kilowatts} kW`),
		off: 'التيار مفصول: لا يمر شيء.',
		examples: {
			none: 'لا شيء يعمل.',
			small: 'شاحن هاتف، ومصباح أو اثنان.',
			middle: 'ثلاجة وتلفاز وبعض المصابيح.',
			large: 'مكواة أو غلاية.',
			huge: 'موقد وسخان ماء.',
		},
	},
	lapse: {
		label: 'الوقت',
		meaning: { 1: 'وقت حقيقي', 60: '1 ث = 1 د', 3600: '1 ث = 1 س' },
		clock: (time) => `ساعة العداد: ${time}`,
	},
	log: {
		events: {
			manufactured: 'خرج من المصنع',
			'power-down': 'انقطع التيار',
			'power-up': 'عاد التيار',
			'clock-set': 'ضُبطت الساعة',
			'parameters-changed': 'تغيرت الإعدادات',
			'keys-transferred': 'تغيرت مفاتيح الاتصال',
			'rate-switched': 'تبدلت التعرفة',
			'calendar-activated': 'جدول تعرفة جديد',
			'firmware-ready': 'فُحص البرنامج الجديد',
			'firmware-refused': 'رُفض البرنامج الجديد',
			'firmware-activated': 'يعمل البرنامج الجديد',
			'tamper-detected': 'لوحظ عبث',
			'tamper-ended': 'انتهى العبث',
			'tamper-cleared': 'مُسح إنذار العبث',
			'relay-opened': 'فُصل التيار',
			'relay-closed': 'وُصل التيار',
			'relay-armed': 'يمكن وصل التيار',
			'limit-changed': 'تغير الحد',
			'voltage-sag': 'الجهد منخفض جدًا',
			'voltage-swell': 'الجهد مرتفع جدًا',
			'voltage-normal': 'عاد الجهد طبيعيًا',
			'credit-low': 'الرصيد منخفض',
			'emergency-invoked': 'أُخذ رصيد الطوارئ',
			'emergency-exhausted': 'نفد رصيد الطوارئ',
			'emergency-repaid': 'سُدد رصيد الطوارئ',
			'charge-collected': 'حُصّل دين',
			'credit-cleared': 'مُسح الرصيد',
			'key-changed': 'تغير المفتاح',
		},
	},
	factory: {
		ask: 'أعد هذا العداد إلى حال المصنع',
		title: 'إعادة إلى حال المصنع؟',
		meaning: 'يُمحى على هذا الجهاز الرصيد وسجل الأحداث وكل ما يتذكره العداد.',
		warning: 'وينسى أيضًا الرموز التي أخذها، فيمكن إدخالها مرة أخرى. لا عداد حقيقي يفعل ذلك.',
		keep: 'أبق العداد',
		confirm: 'إلى حال المصنع',
	},
};
