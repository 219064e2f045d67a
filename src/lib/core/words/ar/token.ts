/** In Arabic: see `en/token.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';

const fact = (energy: string): string => energy && `، ${apart(energy)}`;

export const token: Words['token'] = {
	spoken: 'رمز الشحن، خمس مجموعات من أربعة أرقام',
	group: (place, digits) => `المجموعة ${place}: ${digits}.`,
	sequence: (place, of) => `الرمز ${place} من ${of}`,
	test: 'تجربة',
	testWhy: 'رمز تجريبي: لا يقبله أي عداد حقيقي.',
	forMeter: 'للعداد',
	copy: 'نسخ',
	copied: 'نُسخ',
	notCopied: 'تعذر النسخ. أبق إصبعك على الأرقام لتحديدها.',
	share: 'مشاركة',
	shareText: (digits, meter, energy) =>
		`رمز الشحن ${apart(digits)}\nللعداد ${apart(meter)}${fact(energy)}`,
	readAloud: 'اقرأ بصوت',
	stopReading: 'توقف',
	send: 'أرسل إلى العداد الافتراضي',
	sendAll: (count) => `أرسلها كلها (${count}) إلى العداد الافتراضي`,
	sentTo: (phone) => `أُرسل أيضًا إلى ${apart(phone)}`,
	sandboxPhone: 'انظر إلى ذلك الهاتف (تجريبي)',
	set: {
		stories: {
			keysThenCredit: {
				title: 'رموز الشحن',
				detail: (count, keys) =>
					`أدخلها كلها (${count}) بهذا الترتيب، بلا توقف طويل. أول ${keys} منها تعطي العداد مفتاحه الجديد.`,
			},
			keysOnly: {
				title: 'رموز الشحن',
				detail: (count) =>
					`أدخلها كلها (${count}) واحدًا بعد الآخر بهذا الترتيب، بلا توقف طويل. تعطي العداد مفتاحه الجديد ولا تضيف كهرباء.`,
			},
			several: {
				title: 'رموز الشحن',
				detail: (count) => `أدخلها كلها (${count}) واحدًا بعد الآخر بهذا الترتيب.`,
			},
		},
		keyPart: (part, of) => `مفتاح جديد، الجزء ${part} من ${of}`,
		kinds: {
			credit: 'الكهرباء التي اشتريتها',
			fbe: 'كهرباء أساسية مجانية',
			'free-issue': 'كهرباء مجانية',
			engineering: 'للفني',
		},
		next: 'أُدخل، إلى التالي',
		last: 'أُدخل، وكان الأخير',
		done: (place) => `${place}: أُدخل`,
		allDone: 'أُدخلت كلها. إن رفض العداد واحدًا فالمسه في الأعلى وقارن الأرقام.',
		shareLine: (place, of, digits) => `${place} من ${of}: ${apart(digits)}`,
		shareText: (lines, meter, energy) =>
			`أدخلها كلها بهذا الترتيب:\n${lines}\nللعداد ${apart(meter)}${fact(energy)}`,
	},
};
