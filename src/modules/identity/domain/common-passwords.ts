/**
 * 281 passwords of 8 characters and more that guessers try first: keyboard walks, digits, dates, love numbers (520, 1314),
 * pinyin, and the names of this product. Lower case; written from general knowledge of published leak statistics.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  (
    '12345678 123456789 1234567890 12345678910 123456789a a123456789 a12345678 aa123456789 aa12345678 ' +
    '123456789q q123456789 qq123456789 qq123456 aa123456 a1234567 abc12345 abc123456 abc123456789 abcd1234 ' +
    'abcd12345 abcd123456 abcdefgh abcdefg1 abcdef123 asd123456 asdf1234 asdfasdf asdfghjk asdfghjkl ' +
    'asdasdasd asdzxc123 qwer1234 qwert123 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyui qwertyuiop ' +
    'qwertyuiop123 qweqweqwe qweasdzxc qweasd123 qwe123456 qwe12345 qazwsxedc qazwsx123 1qaz2wsx 1q2w3e4r ' +
    '1q2w3e4r5t 1q2w3e4r5t6y 1qazxsw2 1qaz@wsx 1qaz!qaz q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 zxcvbnm1 ' +
    'zxcvbnm123 zxcvbnmm zxc123456 zxcv1234 zxczxczxc 12341234 12344321 123454321 12121212 11223344 ' +
    '1122334455 11112222 111222333 112233445566 123123123 123123123a 123321123 1234554321 123456123 123456abc ' +
    '123456asd 123456qwe 123456aa 1234qwer 1234abcd 123qweasd 123qweasdzxc 123qwe123 123asd123 12qwaszx ' +
    '147258369 147852369 159357456 159753456 741852963 789456123 963852741 87654321 987654321 9876543210 ' +
    '0123456789 0987654321 01234567 110110110 100200300 10203040 13131313 19841984 19871987 19881988 19891989 ' +
    '19901990 20002000 20082008 20202020 20212021 20222022 20232023 20242024 20252025 20262026 31415926 ' +
    '314159265 5201314520 52013140 5201314a a5201314 5211314a 13145200 1314520520 1314521521 7758521a ' +
    '77585210 woaini520 woaini521 woaini123 woaini1314 woaini5201314 wo123456 woshishui woaiwojia wojiushiwo ' +
    'wodemima tiantian nihao123 mima1234 mima123456 admin123 admin1234 admin12345 admin123456 admin@123 ' +
    'admin888 admin8888 admin666 administrator adminadmin root1234 root123456 toor1234 user1234 test1234 ' +
    'test12345 test123456 testtest testing1 guest123 demo1234 demodemo password password1 password12 ' +
    'password123 password1234 password! password@123 passw0rd passw0rd! p@ssw0rd p@ssw0rd1 p@ssword ' +
    'p@ssw0rd123 p@55w0rd pass1234 pass12345 pass@123 pa55word pa55w0rd changeme changeme1 changeme123 ' +
    'changeit welcome1 welcome123 welcome@123 letmein1 letmein123 letmein! iloveyou iloveyou1 iloveyou2 ' +
    'sunshine sunshine1 princess princess1 princess123 football football1 baseball baseball1 basketball ' +
    'superman superman1 batman123 starwars starwars1 pokemon1 pokemon123 dragon123 monkey123 michael1 ' +
    'jennifer jessica1 charlie1 michelle computer computer1 internet internet1 trustno1 whatever master123 ' +
    'mustang1 shadow123 jordan23 liverpool liverpool1 chelsea1 arsenal1 manchester freedom1 victoria samantha ' +
    'danielle qwerty!@# !qaz2wsx !@#$%^&* !@#$%^&*( zhang123 zhangwei wang1234 wangwei123 li123456 liwei123 ' +
    'chen1234 liu12345 zhongguo zhongguo1 china123 china2008 beijing1 beijing2008 shanghai shanghai1 ' +
    'ningbo123 jiangsu123 nanjing123 secret123 secretsecret default1 default123 google123 facebook facebook1 ' +
    'windows1 windows10 huawei123 alibaba1 tencent1 queqiao1 queqiao123 queqiao123456'
  ).split(' '),
)
