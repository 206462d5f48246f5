package source

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for name, c := range map[string]struct {
		text, code string
		sure       bool
	}{
		"English":                    {"The minister told the committee that there were no plans to change the way in which people are paid.", "en", true},
		"English with many names":    {"Liz Kendall, Alison McGovern, Stephen Timms and Claire Murdoch of NHS England met Matthew Hancock and Sarah Hughes at the Maudsley in Camberwell.", "en", true},
		"English with shouted words": {"The DWP and the NHS said THIS WILL NEVER HAPPEN AGAIN and that STAFF AT LEICESTER GENERAL HOSPITAL were told of it by the BBC.", "en", true},
		"English that quotes French": {"The president said that “il n'y a pas de plan” and that the government would publish its answer before the end of the week.", "en", true},
		"English that quotes Arabic": {"The word مرحبا means hello, and it was what the children were saying to each other when the bus came to the gate.", "en", true},
		"a comment in small letters": {"i think this is wrong and they should be ashamed of what they are doing to people who are ill", "en", true},
		"French":                     {"Le ministre a déclaré que les personnes malades ne seraient pas obligées de chercher du travail pendant leur séjour à l'hôpital.", "fr", true},
		"German":                     {"Der Minister sagte, dass es keine Pläne gibt, die Zahlungen an kranke Menschen zu kürzen, und dass die Zahlen im Herbst vorgelegt werden.", "de", true},
		"Welsh":                      {"Mae'r llywodraeth wedi dweud nad oes unrhyw gynlluniau i newid y ffordd y mae pobl yn cael eu talu, ond mae elusennau yn poeni am y dyfodol.", "cy", true},
		"Spanish":                    {"El ministro dijo que no había planes para cambiar la forma en que se paga a las personas enfermas y que las cifras se publicarían en otoño.", "es", true},
		"Polish":                     {"Minister powiedział, że nie ma planów zmiany sposobu, w jaki wypłacane są świadczenia osobom chorym, i że dane zostaną opublikowane jesienią.", "pl", true},
		"Arabic":                     {"قال الوزير إنه لا توجد خطط لتغيير الطريقة التي يتم بها الدفع للمرضى وإن الأرقام ستنشر في الخريف", "ar", true},
		"Chinese":                    {"部长表示没有计划改变向病人付款的方式，数字将在秋天公布。", "zh", true},
		"Russian":                    {"Министр сказал, что нет планов менять порядок выплат больным людям и что данные будут опубликованы осенью.", "ru", true},
		"too short":                  {"Quick links", "en", false},
		"too few words in French":    {"Liens rapides ici", "en", false},
		"only names":                 {"Liz Kendall, Alison McGovern, Stephen Timms, Claire Murdoch, Matthew Hancock, Sarah Hughes", "en", false},
		"only capitals":              {"LES MINISTRES ONT DIT QUE LE PLAN NE CHANGERA PAS AVANT LA FIN DE L'ANNEE", "en", false},
		"only an address":            {"https://www.example.org/dans/le/monde/des/personnes/malades/et/du/travail", "en", false},
		"figures":                    {"92,119 62,497 8,000,000 59% 1.3bn 2016/17 2023/24 12 13 14 15", "en", false},
		"nothing":                    {"", "en", false},
	} {
		t.Run(name, func(t *testing.T) {
			code, sure := Language(c.text)
			if code != c.code || sure != c.sure {
				t.Errorf("Language = %s, %t, want %s, %t", code, sure, c.code, c.sure)
			}
		})
	}
}

func TestLanguage_OfAListOfTermsIsNotAnother(t *testing.T) {
	for _, s := range []string{
		"Health and safety policy; recruitment, retention, training; annual leave, sick pay, pensions, expenses; equality, diversity, inclusion.",
		"paranoid schizophrenia, bipolar disorder, severe depression, personality disorder, anorexia nervosa, psychosis, mania",
	} {
		if code, sure := Language(s); sure && code != "en" {
			t.Errorf("Language(%q) = %s, sure", s, code)
		}
	}
}

func TestLanguage_IsTheSameEveryTime(t *testing.T) {
	text := strings.Repeat("zażółć gęślą jaźń lorem ipsum dolor sit amet ", 5)
	code, sure := Language(text)
	for range 50 {
		if c, s := Language(text); c != code || s != sure {
			t.Fatalf("Language = %s, %t, then %s, %t", code, sure, c, s)
		}
	}
}

func TestWithoutAddresses_TakesOutWhatTheFormFits(t *testing.T) {
	for _, text := range []string{
		"", "No address.\nNone here.", "See https://example.org/a, or\nWWW.example.org and wWw.example.org.\n", "HTTP://X\nask.a@example.org now",
		"\nnow.www.example.org\nxwww.example.org", "@a b@ @", "a\n\n@\nmail: <a@b>\r\nwww.\nhttps://",
	} {
		if got, want := withoutAddresses(text), address.ReplaceAllString(text, " "); got != want {
			t.Errorf("withoutAddresses(%q) = %q, want %q", text, got, want)
		}
	}
}
