/** In Arabic: see `en/coach.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('ar');
/** After a verb or a preposition. */
const inSeconds = (seconds: string): string =>
	plural(seconds, {
		one: 'ثانية واحدة',
		two: 'ثانيتين',
		few: `${seconds} ثوانٍ`,
		other: `${seconds} ثانية`,
	});

export const coach: Words['coach'] = {
	start: 'أدخله معي',
	title: 'أدخله معي',
	back: 'العودة إلى الرمز',
	group: (place, of) => `المجموعة ${place} من ${of}`,
	first: 'أدخل هذه الأرقام الأربعة بلوحة مفاتيح العداد. ثم المس «التالي».',
	next: 'التالي',
	last: 'أُدخلت، وكانت الأخيرة',
	previous: 'المجموعة السابقة',
	beginAgain: 'ابدأ من جديد',
	readAloud: 'اقرأ كل مجموعة بصوت',
	stopReading: 'أوقف القراءة',
	waits: (seconds) => `تنتظر أغلب العدادات الرقم التالي ${inSeconds(seconds)}`,
	waitsFromStart: (seconds) => `تنسى أغلب العدادات ما أُدخل بعد ${inSeconds(seconds)} بلا رقم.`,
	forgotten: {
		title: 'ربما نسي العداد الأرقام',
		detail:
			'انظر إلى شاشته. إن اختفى ما أدخلته فابدأ من جديد بالمجموعة الأولى. وإن كان ما زال هناك فأكمل.',
		still: 'ما زالت هناك',
	},
	locked: {
		title: (clock) => `انتظر ${apart(clock)}`,
		detail:
			'بعد عدة مرات من الرفض لا تأخذ أغلب العدادات أي رمز لبعض الوقت، وفي كل مرة لوقت أطول: 10 ثوانٍ في البداية، و21 دقيقة على الأكثر. لا تدخل شيئًا حتى ذلك الحين.',
		over: 'انتهى الانتظار. أدخل الرمز الآن.',
		anyway: 'العداد يأخذه الآن',
		waiting: (clock) => `انتظر ${apart(clock)}`,
	},
	keySet: {
		left: (clock) =>
			`أجزاء المفتاح الجديد يتبع بعضها بعضًا. تنتظر أغلب العدادات الجزء التالي ${apart(clock)}.`,
		lateTitle: 'مر وقت طويل بين جزأين',
		late: 'تكون أغلب العدادات قد تركت الجزء الأول الآن. ابدأ بالجزء الأول مرة أخرى: لا يضيع شيء بذلك.',
		again: 'ابدأ بالجزء الأول',
	},
	older: {
		title: 'رمز أقدم أولًا؟',
		detail: (when) =>
			`اشتُري رمز لهذا العداد قبل هذا: ${apart(when)}. لم يخبر أحد هذا الهاتف بأنه أُدخل. تريد العدادات الرمز الأقدم أولًا.`,
		enter: 'أدخل الأقدم',
		isIn: 'أُدخل من قبل',
	},
	enter: {
		title: 'اضغط إدخال في العداد. ماذا يقول؟',
		detail: `إدخال هو المفتاح الذي عليه ${apart('↵')} أو ${apart('#')}. كثير من العدادات تأخذ الرمز من تلقاء نفسها بعد الرقم الأخير.`,
		accepted: 'قُبل',
		acceptedHint: `أو رصيد جديد، أو نغمة، أو «${apart('good')}» أو «${apart('1st')}» أو «${apart('2nd')}»`,
		refused: 'رُفض',
		refusedHint: `أو «${apart('reject')}» أو «${apart('used')}» أو «${apart('error')}» أو أي شيء آخر`,
		nothing: 'لا شيء',
		nothingHint: 'الشاشة مطفأة أو لم تتغير',
	},
	taken: (place) => `${place}: أُدخل، بحسب قولك.`,
	done: {
		title: 'أُدخل، بحسب قولك',
		detail: 'الدليل شاشة العداد، لا هذا الهاتف: انظر هناك إلى الرصيد الجديد.',
		detailKeys: 'في العداد مفتاحه الجديد بحسب قولك. الرموز التي تُشترى من الآن تناسبه.',
		back: 'إلى الرمز',
		notIn: 'لم يُقبل في النهاية',
	},
	refused: 'رفضه العداد',
	missing: {
		title: 'لا رمز هنا',
		detail: 'ليس على هذا الهاتف رمز لعملية الشراء هذه.',
	},
};
