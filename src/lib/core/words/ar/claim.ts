/** In Arabic: see `en/claim.ts`. */
import type { Words } from '../catalogue.ts';
import { apart } from '../isolate.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('ar');

export const claim: Words['claim'] = {
	link: 'لدي إيصال مؤقت',
	title: 'إيصال مؤقت',
	lead: 'أعطتك إياه نقطة بيع بلا شبكة عندما دفعت. اعرف هنا هل وصل رمز الشحن.',
	field: 'رمز المطالبة',
	hint: '9 خانات، مطبوعة على الإيصال',
	soFar: (count) =>
		`${plural(count, {
			one: 'خانة واحدة',
			two: 'خانتان',
			few: `${count} خانات`,
			other: `${count} خانة`,
		})} حتى الآن، والمطلوب 9`,
	sound: 'خانة التحقق صحيحة',
	ask: 'اطلب رمز الشحن',
	again: 'اطلب مرة أخرى',
	notArrived: {
		title: 'لم يصل بعد',
		detail:
			'لم ترسل نقطة البيع العملية بعد، أو أن على الإيصال رمزًا آخر أو رقم عداد آخر. قارن الاثنين، واحتفظ بالإيصال، واطلب مرة أخرى لاحقًا.',
	},
	waiting: {
		title: 'رمز الشحن قيد الإعداد',
		detail: 'وصلت العملية. اطلب مرة أخرى بعد دقيقة.',
	},
	refused: {
		title: 'لم يُصدر أي رمز',
		toFetch: (amount) => `لك ${apart(amount)} عند نقطة البيع التي أعطتك الإيصال. خذ الإيصال معك.`,
		givenBack: (amount, moment) => `تقول نقطة البيع إنها أعادت ${apart(amount)} في ${moment}.`,
		code: (code) => `الرمز ${apart(code)}`,
	},
	unknown: {
		title: 'لا جواب',
		detail: 'تعذر الوصول إلى الخدمة. لم يضع شيء؛ اطلب مرة أخرى عندما تتوفر الشبكة.',
	},
	notKept: 'هذه الصفحة لا تحتفظ برمز الشحن. اكتبه أو شاركه، واحتفظ بالإيصال.',
};
