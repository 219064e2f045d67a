/** In Arabic: see `en/customer-paper.ts`. */
import type { CustomerPaperWords } from '../customer-paper.ts';
import { apart } from '../isolate.ts';

export const customerPaper: CustomerPaperWords = {
	receipt: {
		title: 'إيصال',
		vendor: 'البائع',
		operator: 'أمين الصندوق',
		terminal: 'نقطة البيع',
		method: {
			cash: 'دُفع نقدًا',
			card: 'دُفع بالبطاقة',
			'mobile-money': 'دُفع بالهاتف',
		},
		amount: 'المبلغ',
		keyChange: 'مفتاح جديد للعداد',
		keyPlaces: (from, to) => `من ${apart(from)} إلى ${apart(to)}`,
		enterInOrder: (count) => `أدخل الرموز كلها (${count}) بهذا الترتيب.`,
		tokenOf: (place, what) => `${place}: ${what}`,
		carrying: (what, energy) => `${what}، ${apart(energy)}`,
		engineering: 'للفني',
		price: 'الأسعار بلا ضريبة القيمة المضافة',
		noEnergy: 'لا تضيف هذه الرموز كهرباء.',
	},
	reprint: (copy) => `نسخة ${copy}`,
	reprintNote: 'نسخة من إيصال طُبع من قبل. رموزها هي نفسها.',
	test: 'تجربة',
	testNote: 'رمز تجريبي: لا يقبله أي عداد حقيقي.',
	provisional: {
		mark: 'لا رمز شحن بعد',
		title: 'إيصال مؤقت',
		lead: 'استُلم مالك. لم يُصدر رمز الشحن بعد، لأنه لا شبكة هنا.',
		taken: 'وقت الاستلام',
		code: 'رمز المطالبة',
		todo: 'عد ومعك هذه الورقة، أو اذهب إلى أي وكيل: رقم عدادك ورمز المطالبة يعطيانك رمز الشحن. إن رُفضت العملية فمالك عند نقطة البيع التي استلمته. لا تُرِ الرقمين أحدًا غير ذلك.',
		estimate: 'تقدير',
		estimateWhy: 'يُحدد السعر عندما تصل العملية. قد تحصل على أكثر أو أقل.',
		notPriced: 'لا يُعرف بعد كم كهرباء يشتري هذا المبلغ.',
		paid: 'المبلغ',
		foot: 'هذه الورقة ليست إيصالًا نهائيًا.',
	},
	refund: {
		title: 'رد المال',
		lead: 'لم يُبع شيء. أُعيد المال.',
		amount: 'المبلغ المعاد',
		why: 'السبب',
		taken: 'وقت استلام العملية',
		code: 'رمز المطالبة',
		signature: 'توقيع العميل',
	},
};
