"""The names of states and territories in many languages, official, short and former, as `country_names.txt` has them.

The short names are those of the Unicode CLDR, which babel ships; the English and the official ones those of ISO 3166, which
pycountry ships. `FURTHER` has what neither has: states that have ended, abbreviations, and names that people use.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pycountry
from babel import Locale

from diplomatic_events.schema.country_names import name_key

LOCALES: Sequence[str] = (
    *("en", "fr", "es", "ru", "ar", "zh", "zh_Hant", "zh_Hant_HK"),
    *("de", "de_AT", "de_CH", "pt", "pt_PT", "it", "ja", "es_MX", "fr_CA", "en_AU"),
)
"""The six languages of the United Nations, German, Portuguese, Italian and Japanese, and where they differ by country."""

FURTHER: Mapping[str, str] = {
    "ARE": "UAE|United Arab Emirates|Emirates|EAU|VAE|ОАЭ|阿联酋|الإمارات",
    "BLR": "Belorussia|Byelorussia|Белоруссия|Weißrussland|Biélorussie|Bielorrusia|Bielorussia|Bielorrússia|白俄羅斯",
    "CHN": "PRC|People's Republic of China|VR China|Volksrepublik China|КНР|Китайская Народная Республика|中华人民共和国|"
           "中華人民共和國|中華人民共和国|République populaire de Chine|República Popular China|RPC|"
           "República Popular da China|Repubblica Popolare Cinese|جمهورية الصين الشعبية|China, People's Republic of",
    "CIV": "Ivory Coast|Elfenbeinküste|Costa de Marfil|Costa do Marfim|Costa d'Avorio|Берег Слоновой Кости|象牙海岸|"
           "コートジボワール|ساحل العاج",
    "COD": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Congo-Kinshasa|RDC|RD Congo|"
           "République démocratique du Congo|República Democrática del Congo|República Democrática do Congo|"
           "Repubblica Democratica del Congo|Demokratische Republik Kongo|DR Kongo|ДР Конго|ДРК|"
           "Демократическая Республика Конго|刚果民主共和国|剛果民主共和國|刚果（金）|コンゴ民主共和国|جمهورية الكونغو الديمقراطية",
    "COG": "Congo|Republic of the Congo|Republic of Congo|Congo-Brazzaville|République du Congo|República del Congo|"
           "República do Congo|Repubblica del Congo|Republik Kongo|Республика Конго|刚果共和国|コンゴ共和国|جمهورية الكونغو",
    "CPV": "Cape Verde|Cabo Verde", "CZE": "Czech Republic|Czechia|Чешская Республика|République tchèque|Tschechische Republik|"
           "República Checa|Repubblica Ceca|捷克共和国|チェコ共和国",
    "CSK": "Czechoslovakia|Czechoslovak Republic|Czecho-Slovakia|Tchécoslovaquie|Checoslovaquia|Чехословакия|ЧССР|"
           "Tschechoslowakei|Checoslováquia|Tchecoslováquia|Cecoslovacchia|捷克斯洛伐克|チェコスロバキア|تشيكوسلوفاكيا",
    "DDR": "East Germany|German Democratic Republic|GDR|DDR|Ostdeutschland|Deutsche Demokratische Republik|RDA|"
           "République démocratique allemande|República Democrática Alemana|ГДР|Германская Демократическая Республика|"
           "República Democrática Alemã|Repubblica Democratica Tedesca|东德|東德|德意志民主共和国|東ドイツ|ドイツ民主共和国|"
           "ألمانيا الشرقية",
    "DEU": "FRG|Federal Republic of Germany|West Germany|BRD|Bundesrepublik Deutschland|RFA|"
           "République fédérale d'Allemagne|República Federal de Alemania|ФРГ|Федеративная Республика Германия|西德|"
           "联邦德国|德意志联邦共和国|西ドイツ|ドイツ連邦共和国|Repubblica Federale di Germania|República Federal da Alemanha|"
           "República Federal da Alemanha",
    "GBR": "UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Northern Ireland|Grande-Bretagne|Gran Bretaña|Grã-Bretanha|"
           "Gran Bretagna|Großbritannien|Великобритания|大不列颠|英國|イギリス|بريطانيا",
    "IRN": "Persia|Islamic Republic of Iran|Иран|Исламская Республика Иран|伊朗伊斯兰共和国|République islamique d'Iran",
    "KHM": "Kampuchea|Кампучия", "KOR": "ROK|Republic of Korea|Korea|South Korea|République de Corée|República de Corea|"
           "Республика Корея|РК|Republik Korea|República da Coreia|Repubblica di Corea|大韩民国|大韓民國|大韓民国|جمهورية كوريا",
    "LKA": "Ceylon|Цейлон|Ceylan|Ceilán|锡兰|セイロン",
    "MKD": "Macedonia|FYROM|Former Yugoslav Republic of Macedonia|Македония|Macédoine|Mazedonien|Macedónia|Macedônia|马其顿",
    "MMR": "Burma|Birmanie|Birmania|Бирма|Birma|Birmânia|缅甸|ビルマ|بورما", "NLD": "Holland|Голландия|Hollande|Holanda|Olanda",
    "PRK": "DPRK|D.P.R.K.|North Korea|Korea|Democratic People's Republic of Korea|RPDC|"
           "République populaire démocratique de Corée|República Popular Democrática de Corea|КНДР|Nordkorea|KDVR|"
           "Корейская Народно-Демократическая Республика|Demokratische Volksrepublik Korea|朝鲜民主主义人民共和国|朝鲜|"
           "朝鮮民主主義人民共和国|北朝鮮|北朝鲜|北韩|北韓|República Popular Democrática da Coreia|"
           "Repubblica Popolare Democratica di Corea|جمهورية كوريا الديمقراطية الشعبية",
    "RHO": "Rhodesia|Southern Rhodesia|Rhodésie|Родезия|Rhodesien|Rodésia|罗得西亚|ローデシア",
    "RUS": "Russia|Russian Federation|РФ|Российская Федерация|Fédération de Russie|Federación de Rusia|"
           "Russische Föderation|Federação Russa|Federação da Rússia|Federazione Russa|俄罗斯联邦|俄羅斯聯邦|俄国|俄國|"
           "ロシア連邦|الاتحاد الروسي|روسيا الاتحادية",
    "SUN": "USSR|U.S.S.R.|Soviet Union|Union of Soviet Socialist Republics|Soviet Russia|URSS|Union soviétique|"
           "Union des républiques socialistes soviétiques|Unión Soviética|Unión de Repúblicas Socialistas Soviéticas|СССР|"
           "Советский Союз|Союз Советских Социалистических Республик|UdSSR|Sowjetunion|"
           "Union der Sozialistischen Sowjetrepubliken|União Soviética|Unione Sovietica|苏联|蘇聯|苏维埃社会主义共和国联盟|"
           "ソ連|ソビエト連邦|ソヴィエト連邦|الاتحاد السوفيتي|الاتحاد السوفييتي",
    "SWZ": "Swaziland|Свазиленд|Swasiland|Suazilandia|Suazilândia|斯威士兰",
    "SYR": "Syrian Arab Republic", "TLS": "East Timor|Timor-Leste|Timor Oriental|Восточный Тимор|Osttimor|东帝汶",
    "TUR": "Turkey|Türkiye|Turkiye|Turquie|Turquía|Турция|Türkei|Turquia|Turchia|土耳其|トルコ|تركيا",
    "TWN": "Chinese Taipei|Republic of China|中华民国|中華民國|Китайская Республика|République de Chine",
    "USA": "US|U.S.|U.S.A.|America|United States|United States of America|США|Соединённые Штаты Америки|"
           "Соединенные Штаты Америки|США|États-Unis d'Amérique|EE. UU.|EE.UU.|Estados Unidos de América|"
           "Vereinigte Staaten von Amerika|EUA|Stati Uniti d'America|美利坚合众国|美國|アメリカ|米国|أمريكا|"
           "الولايات المتحدة الأمريكية|Estados Unidos da América|Vereinigte Staaten|United States (US)",
    "VAT": "Vatican|Vatican City|Holy See|Saint-Siège|Santa Sede|Святой Престол|Ватикан|Heiliger Stuhl|Santa Sé|梵蒂冈|教廷",
    "YUG": "Yugoslavia|Jugoslavia|Yougoslavie|Югославия|СФРЮ|Jugoslawien|Iugoslávia|Jugoslávia|南斯拉夫|ユーゴスラビア|"
           "يوغوسلافيا|Socialist Federal Republic of Yugoslavia|Federal Republic of Yugoslavia",
    "ZAR": "Zaire|Zaïre|Заир|扎伊尔|ザイール",
}  # fmt: skip
"""Official names, abbreviations, former names and what people say, where a wrong code is likely."""

RENAMED: Mapping[str, str] = {
    "AFI": "DJI", "BUR": "MMR", "BYS": "BLR", "DHY": "BEN", "HVO": "BFA", "NHB": "VUT", "RHO": "ZWE", "TMP": "TLS",
    "VDR": "VNM", "ZAR": "COD",
}  # fmt: skip
"""Former codes of states that live on under another name: people use the old name with the new code."""


def table(labels: Mapping[str, str]) -> str:
    """The text of the table: for each code of the list of countries, with its label, a line of the keys of its names."""
    names: dict[str, set[str]] = defaultdict(set)
    for code, label in labels.items():
        names[code].add(label)
    for country in [*pycountry.historic_countries, *pycountry.countries]:
        for kind in ("name", "official_name", "common_name"):
            names[country.alpha_3].update(_turned(getattr(country, kind, "")))
    for locale in map(Locale.parse, LOCALES):
        for country in pycountry.countries:
            names[country.alpha_3].update(_spoken(locale.territories.get(country.alpha_2, "")))
        names["XKX"].update(_spoken(locale.territories.get("XK", "")))
    for code, further in FURTHER.items():
        names[code].update(further.split("|"))
    for former, today in RENAMED.items():
        names[today] |= names[former]
    keys = {code: {name_key(name) for name in names[code]} - {""} for code in sorted(labels)}
    return "".join(f"{code}|{'|'.join(sorted(found))}|\n" for code, found in keys.items())


def _turned(name: str) -> list[str]:
    """A name of ISO 3166, and what it is in the order of speech: `Korea, Republic of`, Republic of Korea."""
    head, comma, rest = name.partition(", ")
    return [name, f"{rest} {head}"] if comma else [name]


def _spoken(name: str) -> list[str]:
    """A name of the CLDR, and without what it has in brackets: `Côte d’Ivoire (Costa do Marfim)`."""
    head, _, rest = name.replace("（", "(").partition("(")
    return [name, rest.rstrip(")）")] if "d’Ivoire" in head else [name]
