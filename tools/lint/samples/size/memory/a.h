// wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide  
// https://example.org/longlonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglong
