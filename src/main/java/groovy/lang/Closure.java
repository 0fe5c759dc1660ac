package groovy.lang;

/** What picocli looks for at each start. A class that is nowhere makes java open the jar and go through its thousands of entries. */
abstract class Closure {}
