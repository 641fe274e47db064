import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks the veraPDF engine whether files conform: java Conform ua1,2a FILE.pdf…
 *
 * <p>Prints one line a file and flavour, and each broken rule once with its first place; exits with 1
 * where one does not conform.
 */
public class Conform {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean all = true;
        for (int i = 1; i < args.length; i++) {
            for (String flavour : args[0].split(",")) {
                all &= verdict(args[i], PDFAFlavour.byFlavourId(flavour));
            }
        }
        System.exit(all ? 0 : 1);
    }

    /** A file that cannot be read must not keep the next ones from being judged. */
    private static boolean verdict(String file, PDFAFlavour flavour) {
        try {
            return conforms(file, flavour);
        } catch (Exception fault) {
            System.out.println("FAIL " + flavour.getId() + " " + file + "\n  " + fault);
            return false;
        }
    }

    private static boolean conforms(String file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "pass" : "FAIL";
            System.out.println(verdict + " " + flavour.getId() + " " + file);
            result.getTestAssertions().stream()
                    .filter(t -> t.getStatus() == TestAssertion.Status.FAILED)
                    .map(Conform::told)
                    .distinct()
                    .forEach(System.out::println);
            return result.isCompliant();
        }
    }

    private static String told(TestAssertion broken) {
        return "  " + broken.getRuleId().getClause() + "-" + broken.getRuleId().getTestNumber()
                + ": " + broken.getMessage();
    }
}
